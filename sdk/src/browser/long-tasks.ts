import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';
import { observeEntries } from './web-vitals';

/** A visitor notices a page that does not answer for so long; the browser reports from 50 ms on. */
const NOTICED_MS = 100;
/** Of many in a row the longest is told. */
const TELL_EVERY_MS = 1_000;

/** Tasks that kept the page from answering. */
export function observeLongTasks(
  target: Window,
  guard: Guard,
  onTask: (durationMs: number) => void,
): Undo {
  let longest = 0;
  let timer: number | undefined;
  const tell = guard(() => {
    timer = undefined;
    onTask(Math.round(longest));
    longest = 0;
  });
  const undo = observeEntries(guard, { type: 'longtask' }, ({ duration }) => {
    if (duration < NOTICED_MS) return;
    longest = Math.max(longest, duration);
    timer ??= target.setTimeout(tell, TELL_EVERY_MS);
  });
  return () => {
    undo();
    target.clearTimeout(timer);
  };
}
