import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { patchMethod } from './patch';

export const CONSOLE_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];
export type ConsoleListener = (level: ConsoleLevel, args: readonly unknown[]) => void;

/** Watches the console; the page's own output appears as before and first. */
export function observeConsole(target: Console, guard: Guard, onCall: ConsoleListener): Undo {
  let inside = false;
  return undoAll(
    CONSOLE_LEVELS.map((level) =>
      patchMethod(target, level, (original, isActive) => (...args: unknown[]) => {
        Reflect.apply(original, target, args);
        // A listener that logs must not hear itself for ever.
        if (inside || !isActive()) return;
        inside = true;
        try {
          guard(onCall)(level, args);
        } finally {
          inside = false;
        }
      }),
    ),
  );
}
