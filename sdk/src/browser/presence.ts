import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { listen } from './listen';

/** What a visitor does when alive; a clock that ticks and a list that scrolls by itself are no signs. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

export interface PresenceListener {
  /** A sign of life. */
  onLife(nowMs: number): void;
  /** None for the whole time; from here on no timer runs until there is one again. */
  onQuiet(): void;
}

/** Watches whether anybody is there, from now on, with somebody there. */
export function observePresence(
  target: Window,
  guard: Guard,
  quietMs: number,
  listener: PresenceListener,
  /** Whether it tells of somebody in a frame, whom this window does not see. */
  isLife: (message: MessageEvent) => boolean,
): Undo {
  let lastLifeMs = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  // One timer that looks back, instead of one that each of a thousand moves would set anew.
  const look = guard(() => {
    timer = undefined;
    const leftMs = lastLifeMs + quietMs - Date.now();
    if (leftMs > 0) timer = setTimeout(look, leftMs);
    else listener.onQuiet();
  });
  const onLife = guard(() => {
    lastLifeMs = Date.now();
    timer ??= setTimeout(look, quietMs);
    listener.onLife(lastLifeMs);
  });

  timer = setTimeout(look, quietMs);
  return undoAll([
    () => clearTimeout(timer),
    listen(
      target,
      'message',
      guard((message: MessageEvent) => {
        if (isLife(message)) onLife();
      }),
    ),
    ...SIGNS_OF_LIFE.map((type) => listen(target, type, onLife, { capture: true })),
  ]);
}
