import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { undoAll, type Undo } from '../../tools/undo';
import { elementOf, innermost, type PageClick } from './clicks';
import { isIgnored } from './ignored';
import type { OnSighting } from './marker';
import { watchSignsOfLife } from './signs-of-life';

/** PostHog's values. The document changes within … */
const MUTATION_MS = 2_500;
/** … or something scrolls or is selected within … */
const SCROLL_MS = 100;
/** … or the tab comes or goes this close before or after. */
const FOCUS_MS = 1_000;
/** Judged when every sign has had its time. */
const JUDGE_AFTER_MS = MUTATION_MS * 1.1;
/** A handler that ran this long (or asked the visitor with `confirm`) did something. */
const BUSY_MS = 500;
/** The same control again so soon is impatience, which is told as rage. */
const SAME_CONTROL_MS = 1_000;
const MAX_PENDING = 10;

const CONTROL =
  'button, summary, [onclick], input[type=button], input[type=submit], input[type=image],' +
  '[role=button], [role=menuitem], [role=tab], [role=option], [role=switch], [role=link]';

/** Where a click is judged by other things than the document, or is meant to change nothing. */
const NOT_JUDGED =
  'a[href], area, label, select, option, textarea, [contenteditable]:not([contenteditable=false]),' +
  'input:not([type=button]):not([type=submit]):not([type=image]), video, audio, canvas, iframe,' +
  'embed, object, [download], [aria-disabled=true], [aria-selected=true], [aria-checked=true],' +
  '[aria-current]:not([aria-current=false]), .active, .selected, .current, .disabled,' +
  '.ui-state-active, .ui-state-disabled';

interface Candidate {
  click: PageClick;
  pressedAt: number;
  /** When the page heard of it, which on a busy machine is later than it was; */
  heardAt: number;
  /** when the page had done with the click itself. */
  handledAt: number;
}

export interface DeadClicks {
  onClick(click: PageClick): void;
  /** Something came of it after all: it made something fail. */
  forgive(click: PageClick): void;
  stop: Undo;
}

/** Whether a canvas is to be seen: what is drawn there is no change of the document. */
function drawsOnCanvas(page: Document): boolean {
  return [...page.getElementsByTagName('canvas')].some((canvas) => canvas.offsetWidth > 0);
}

/** A click on something that looks like a control, after which nothing at all happened. */
export function watchDeadClicks(target: Window, guard: Guard, onSighting: OnSighting): DeadClicks {
  const { document } = target;
  const signs = watchSignsOfLife(target);
  const pending = new Set<Candidate>();
  const timers = new Set<number>();
  let pressedAt = -Infinity;
  /** Of which it is not yet known whether they become clicks. */
  let presses = 0;
  let last: PageClick | undefined;

  const later = (action: () => void, ms: number) => {
    const timer = target.setTimeout(() => {
      timers.delete(timer);
      guard(action)();
    }, ms);
    timers.add(timer);
  };

  function controlOf(element: Element): Element | undefined {
    if (element.closest(NOT_JUDGED) || isIgnored(element, 'dead_click')) return undefined;
    const looksClickable = () => getComputedStyle(element).cursor === 'pointer';
    return element.closest(CONTROL) ?? (looksClickable() ? element : undefined);
  }

  // Before the click: menus open when the button goes down.
  const onPress = guard((event: Event) => {
    const element = innermost(event);
    if (!element || !controlOf(element)) return;
    pressedAt = performance.now();
    presses++;
    signs.watchMutations([
      document,
      ...event.composedPath().filter((it): it is ShadowRoot => it instanceof ShadowRoot),
    ]);
    later(() => {
      presses--;
      unwatchIfNobodyAsks();
    }, JUDGE_AFTER_MS);
  });

  function unwatchIfNobodyAsks(): void {
    if (pending.size === 0 && presses === 0) signs.unwatchMutations();
  }

  function isAlive({ click, pressedAt: from, heardAt, handledAt }: Candidate): boolean {
    const seen = (sign: Parameters<typeof signs.lastAt>[0], since: number) =>
      signs.lastAt(sign) >= since;
    return (
      seen('mutation', from) ||
      seen('other', from) ||
      handledAt - heardAt > BUSY_MS ||
      seen('focus', click.atMs - FOCUS_MS) ||
      click.element.isConnected === false
    );
  }

  function forgiveMovement(candidate: Candidate): void {
    const from = candidate.pressedAt;
    if (signs.lastAt('scroll') >= from || signs.lastAt('selection') >= from) {
      pending.delete(candidate);
    }
  }

  function judge(candidate: Candidate): void {
    pending.delete(candidate);
    unwatchIfNobodyAsks();
    const { click } = candidate;
    if (isAlive(candidate) || drawsOnCanvas(document)) return;
    onSighting({
      kind: 'ui_no_effect',
      subkind: 'dead_click',
      label: `Dead click on ${click.name}`,
      evidence: `nothing changed within ${MUTATION_MS} ms`,
      element: elementOf(click),
    });
  }

  return {
    onClick(click) {
      const { event, element } = click;
      const before = last;
      last = click;
      // Without a press it came from the keyboard, or from a label to its field.
      if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
        return;
      }
      if (before?.element === element && click.atMs - before.atMs < SAME_CONTROL_MS) return;
      if (pending.size >= MAX_PENDING || !controlOf(element)) return;
      const heardAt = performance.now();
      const candidate = { click, pressedAt, heardAt, handledAt: heardAt };
      pending.add(candidate);
      later(() => {
        candidate.handledAt = performance.now();
        // A scroll or a selection shows with the next frame; what comes later than this is the
        // visitor's own.
        target.requestAnimationFrame(() => later(() => forgiveMovement(candidate), SCROLL_MS));
      }, 0);
      later(() => {
        if (pending.has(candidate)) judge(candidate);
      }, JUDGE_AFTER_MS);
    },
    forgive(click) {
      for (const candidate of pending) if (candidate.click === click) pending.delete(candidate);
    },
    stop: undoAll([
      signs.stop,
      listen(document, 'pointerdown', onPress, { capture: true }),
      () => timers.forEach((timer) => target.clearTimeout(timer)),
    ]),
  };
}
