/** Clocks are corrected by less than this all the time. */
const JUMP_MS = 2_000;

/**
 * Says whether the wall clock has jumped since the last call: the machine slept, or somebody set
 * it. Times of events before and after then do not belong together.
 *
 * @param monotonic milliseconds that only ever grow; it stands still while a machine sleeps
 */
export function watchClock(wall: () => number, monotonic: () => number): () => boolean {
  let offset = wall() - monotonic();
  return () => {
    const next = wall() - monotonic();
    const jumped = Math.abs(next - offset) > JUMP_MS;
    // Small corrections add up to no jump.
    offset = next;
    return jumped;
  };
}
