import type { Undo } from '../tools/undo';

type Method = (...args: never[]) => unknown;

/** A function of ours on the page. Without a listener it lets every call through as it is. */
interface Layer {
  original: Method;
  wasOwn: boolean;
  installed: Method;
  listener?: Method | undefined;
  /** What was on the page when the listener went: somebody's wrapper around ours. */
  buriedUnder?: unknown;
}

const buried = new WeakMap<object, Map<PropertyKey, Layer>>();

function install<T extends object, K extends keyof T>(owner: T, name: K): Layer {
  const original = owner[name] as Method;
  const layer: Layer = {
    original,
    wasOwn: Object.prototype.hasOwnProperty.call(owner, name),
    installed(this: unknown, ...args) {
      return Reflect.apply(layer.listener ?? original, this, args);
    },
  };
  owner[name] = layer.installed as T[K];
  return layer;
}

function takeOff<T extends object, K extends keyof T>(owner: T, name: K, layer: Layer): void {
  layer.listener = undefined;
  if (owner[name] !== layer.installed) {
    layer.buriedUnder = owner[name];
    const layers = buried.get(owner) ?? new Map<PropertyKey, Layer>();
    buried.set(owner, layers.set(name, layer));
  } else if (layer.wasOwn) owner[name] = layer.original as T[K];
  // It came from the prototype; without our own property it shows through again.
  else Reflect.deleteProperty(owner, name);
}

/**
 * Replaces a method and hands back the undo. When somebody wrapped the method after us, putting
 * the original back would throw that wrapper away; then ours stays, is transparent, and serves whoever
 * comes next: a recording that pauses and resumes does not put one upon the other.
 *
 * @param around gets the original, and what is installed: below that begins the page's own stack; the
 *     function it returns gets the calls
 */
export function patchMethod<T extends object, K extends keyof T>(
  owner: T,
  name: K,
  around: (original: T[K], isActive: () => boolean, installed: Method) => T[K],
): Undo {
  if (typeof owner[name] !== 'function') return () => undefined;
  const known = buried.get(owner)?.get(name);
  const isFree = known && !known.listener && known.buriedUnder === owner[name];
  const layer = isFree ? known : install(owner, name);
  let active = true;
  const isActive = () => active;
  layer.listener = around(layer.original as T[K], isActive, layer.installed) as Method;
  return () => {
    if (!active) return;
    active = false;
    takeOff(owner, name, layer);
  };
}
