/**
 * The same error often comes by several ways: a framework logs it, hands it to its error handler and
 * throws it again. It is one failure.
 */
const SHARED = Symbol.for('retrospec.told');
/** One for core and recorder, which a script tag loads as two bundles. */
const told = ((globalThis as { [SHARED]?: WeakSet<object> })[SHARED] ??= new WeakSet<object>());

/** True the first time that this very error is asked about; always for what is no object. */
export function isNews(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return true;
  if (told.has(error)) return false;
  told.add(error);
  return true;
}
