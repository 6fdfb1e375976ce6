import type { Undo } from '../tools/undo';

/** addEventListener that hands back its removal. Always passive: we look, we never intervene. */
export function listen<E extends Event = Event>(
  target: EventTarget,
  type: string,
  listener: (event: E) => void,
  options: { capture?: boolean; once?: boolean } = {},
): Undo {
  const settings = { passive: true, ...options };
  target.addEventListener(type, listener as EventListener, settings);
  return () => target.removeEventListener(type, listener as EventListener, settings);
}
