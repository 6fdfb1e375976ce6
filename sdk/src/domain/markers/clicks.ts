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
  return listen<MouseEvent>(
    target.document,
    'click',
    guard((event: MouseEvent) => {
      const element = innermost(event);
      if (!element || !event.isTrusted || event.button !== 0) return;
      const label = isPrivate(element) ? undefined : maskPersonalData(labelOf(element) ?? '');
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
