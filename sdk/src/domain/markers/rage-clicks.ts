import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { describeElement, labelOf } from '../../tools/selector';
import type { Undo } from '../../tools/undo';
import type { OnSighting } from './marker';

/** Three clicks … */
const RAGE_CLICKS = 3;
/** … within a second … */
const RAGE_WINDOW_MS = 1_000;
/** … on one spot (CSS pixels); PostHog's values, which its users found right. */
const RAGE_RADIUS_PX = 30;

export interface Click {
  x: number;
  y: number;
  atMs: number;
  target: unknown;
}

/** Tells when clicks become rage; one burst is told once. Pure: give it clicks, it answers. */
export function createRageDetector(): (click: Click) => boolean {
  let burst: Click[] = [];
  let told = false;
  return (click) => {
    const last = burst.at(-1);
    const continues =
      last !== undefined &&
      last.target === click.target &&
      click.atMs - last.atMs <= RAGE_WINDOW_MS &&
      Math.hypot(click.x - last.x, click.y - last.y) <= RAGE_RADIUS_PX;
    if (!continues) {
      burst = [];
      told = false;
    }
    burst.push(click);
    burst = burst.slice(-RAGE_CLICKS);
    const first = burst[0];
    if (told || !first || burst.length < RAGE_CLICKS) return false;
    told = click.atMs - first.atMs <= RAGE_WINDOW_MS;
    return told;
  };
}

/** Controls that one clicks many times and means it. */
const REPEATED_ON_PURPOSE = /^(next|prev(ious)?|back|forward|more|less|[+\-−<>‹›«»←→↑↓])$/i;

export function watchRageClicks(
  target: Window,
  guard: Guard,
  isPrivate: (element: Element) => boolean,
  onSighting: OnSighting,
): Undo {
  const isRage = createRageDetector();
  return listen<MouseEvent>(
    target.document,
    'click',
    guard((event: MouseEvent) => {
      const element = event.target;
      if (!(element instanceof Element) || event.button !== 0) return;
      if (element.closest('[data-retrospec-ignore-rage], input, textarea, select, video, canvas')) {
        return;
      }
      // A double or triple click that selects text is reading, not rage.
      if (String(target.getSelection() ?? '').trim() !== '') return;
      const click = { x: event.clientX, y: event.clientY, atMs: event.timeStamp, target: element };
      if (!isRage(click)) return;
      const text = isPrivate(element) ? undefined : labelOf(element);
      if (text && REPEATED_ON_PURPOSE.test(text)) return;
      const selector = describeElement(element);
      onSighting({
        kind: 'ui_no_effect',
        subkind: 'rage_click',
        label: `Rage click on ${text ? `"${text}"` : selector}`,
        evidence: `${RAGE_CLICKS} clicks within ${RAGE_WINDOW_MS} ms`,
        element: { selector, ...(text && { text }) },
      });
    }),
    { capture: true },
  );
}
