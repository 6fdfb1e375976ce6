import { elementOf, type PageClick } from './clicks';
import { isIgnored } from './ignored';
import type { OnSighting } from './marker';

/** When clicks on one spot are rage; each project has its own. */
export interface RageLimits {
  clicks: number;
  /** CSS pixels. */
  radiusPx: number;
  windowMs: number;
}

export interface Click {
  x: number;
  y: number;
  atMs: number;
  target: unknown;
}

/** Tells when clicks become rage; one burst is told once. Pure: give it clicks, it answers. */
export function createRageDetector(limits: () => RageLimits): (click: Click) => boolean {
  let burst: Click[] = [];
  let told = false;
  return (click) => {
    const { clicks, radiusPx, windowMs } = limits();
    const last = burst.at(-1);
    const continues =
      last !== undefined &&
      last.target === click.target &&
      click.atMs - last.atMs <= windowMs &&
      Math.hypot(click.x - last.x, click.y - last.y) <= radiusPx;
    if (!continues) {
      burst = [];
      told = false;
    }
    burst.push(click);
    burst = burst.slice(-clicks);
    const first = burst[0];
    if (told || !first || burst.length < clicks) return false;
    told = click.atMs - first.atMs <= windowMs;
    return told;
  };
}

/** Where one clicks many times and means it. */
const MANY_ON_PURPOSE =
  '[data-retrospec-ignore-rage], input, textarea, select, video, audio, canvas, [contenteditable],' +
  '[role=slider], [role=spinbutton], [role=scrollbar], .ui-spinner-button, .ui-paginator';

/** Controls that step through something, by their label or by the name for assistive tools. */
const STEPPER =
  /^(next|prev(ious)?|zoom (in|out)|(in|de)crease)( \w+)?$|^(back|forward|more|less|plus|minus|add|remove|undo|redo|up|down)$|^[+\-−–<>‹›«»←→↑↓▲▼]+$/i;

function stepsOnPurpose(click: PageClick): boolean {
  const control = click.element.closest('[aria-label], [title]');
  const names = [click.label, control?.getAttribute('aria-label'), control?.getAttribute('title')];
  return names.some((name) => name && STEPPER.test(name.trim()));
}

/** Hears of each click. */
export function createRageClicks(
  target: Window,
  limits: () => RageLimits,
  onSighting: OnSighting,
): (click: PageClick) => void {
  const isRage = createRageDetector(limits);
  return (click) => {
    const { element, event } = click;
    if (element.closest(MANY_ON_PURPOSE) || isIgnored(element, 'rage_click')) return;
    // A double or triple click that selects text is reading, not rage.
    if (String(target.getSelection() ?? '').trim() !== '') return;
    const { clientX: x, clientY: y } = event;
    if (!isRage({ x, y, atMs: click.atMs, target: element }) || stepsOnPurpose(click)) return;
    const { clicks, windowMs } = limits();
    onSighting({
      kind: 'ui_no_effect',
      subkind: 'rage_click',
      label: `Rage click on ${click.name}`,
      evidence: `${clicks} clicks within ${windowMs} ms`,
      element: elementOf(click),
    });
  };
}
