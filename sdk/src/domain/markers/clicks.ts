import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { maskPersonalData } from '../recording/personal-data';
import { describeElement, labelOf } from '../../tools/selector';
import type { Undo } from '../../tools/undo';

/** A click of the visitor; scripts' own clicks are none. */
export interface PageClick {
  /** The innermost element, be it in an open shadow root. */
  element: Element;
  selector: string;
  /** What stands on the control, unless it is private. */
  label?: string;
  /** For people: the label, or else the selector. */
  name: string;
  event: MouseEvent;
  /** On the page's own clock (`performance.now()`). */
  atMs: number;
}

/** A label's field hears of the click at once. */
const HANDED_ON_MS = 20;

/** The innermost element that an event is about. */
export function innermost(event: Event): Element | undefined {
  const target = event.composedPath()[0];
  return target instanceof Element ? target : undefined;
}

export function watchClicks(
  target: Window,
  guard: Guard,
  isPrivate: (element: Element) => boolean,
  onClick: (click: PageClick) => void,
): Undo {
  let last: { element: Element; atMs: number } | undefined;

  /** A label hands its click on to its field; the visitor clicked once. */
  function isHandedOn(element: Element, atMs: number): boolean {
    const label = last && atMs - last.atMs < HANDED_ON_MS && last.element.closest('label');
    return Boolean(label) && (label as HTMLLabelElement).control === element;
  }

  return listen<MouseEvent>(
    target.document,
    'click',
    guard((event: MouseEvent) => {
      const element = innermost(event);
      if (!element || !event.isTrusted || event.button !== 0) return;
      if (isHandedOn(element, event.timeStamp)) return;
      last = { element, atMs: event.timeStamp };
      const label = maskPersonalData(labelOf(element, isPrivate) ?? '');
      const selector = describeElement(element);
      onClick({
        element,
        selector,
        ...(label && { label }),
        name: label ? `"${label}"` : selector,
        event,
        atMs: event.timeStamp,
      });
    }),
    { capture: true },
  );
}

/** The part of a marker that says where the visitor clicked. */
export function elementOf(click: PageClick): { selector: string; text?: string } {
  return { selector: click.selector, ...(click.label && { text: click.label }) };
}
