import type { Undo } from '../tools/undo';

/**
 * Replaces a method and hands back the undo. When somebody wrapped the method after us, putting
 * the original back would throw that wrapper away; then ours stays and is made transparent.
 *
 * @param around gets the original; the function it returns is installed
 */
export function patchMethod<T extends object, K extends keyof T>(
  owner: T,
  name: K,
  around: (original: T[K], isActive: () => boolean) => T[K],
): Undo {
  const original = owner[name];
  if (typeof original !== 'function') return () => undefined;
  const wasOwn = Object.prototype.hasOwnProperty.call(owner, name);
  let active = true;
  const replacement = around(original, () => active);
  owner[name] = replacement;
  return () => {
    active = false;
    if (owner[name] !== replacement) return;
    if (wasOwn) owner[name] = original;
    // It came from the prototype; without our own property it shows through again.
    else Reflect.deleteProperty(owner, name);
  };
}
