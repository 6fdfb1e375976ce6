import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';

/** A page that is made anew inside shadow roots cannot be watched from outside. */
const AT_LATEST_MS = 3_000;

/**
 * Waits until the content of a page was replaced and the new one is painted: routers change the
 * address first, and what stands there at that moment is still the old page.
 */
export function whenReplaced(target: Window, guard: Guard, then: () => void): Undo {
  let frame = 0;
  const afterPaint = () => {
    frame = target.requestAnimationFrame(() => {
      frame = target.requestAnimationFrame(guard(finish));
    });
  };
  const observer = new MutationObserver(
    guard((records: MutationRecord[]) => {
      const isSwap = records.some((record) =>
        [...record.removedNodes].some((node) => node.nodeType === 1),
      );
      if (!isSwap) return;
      observer.disconnect();
      afterPaint();
    }),
  );
  const timer = setTimeout(guard(finish), AT_LATEST_MS);
  observer.observe(target.document, { childList: true, subtree: true });

  function cancel(): void {
    clearTimeout(timer);
    observer.disconnect();
    target.cancelAnimationFrame(frame);
  }

  function finish(): void {
    cancel();
    then();
  }

  return cancel;
}
