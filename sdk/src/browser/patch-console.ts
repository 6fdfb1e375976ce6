import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { patchMethod } from './patch';

export const CONSOLE_LEVELS = ['debug', 'log', 'info', 'warn', 'error', 'trace', 'assert'] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

/** @param stack where the page called from; costs something, so only who needs it asks */
export type ConsoleListener = (
  level: ConsoleLevel,
  args: readonly unknown[],
  stack: () => string | undefined,
) => void;

type V8Error = ErrorConstructor & {
  captureStackTrace?(target: object, below: (...args: never[]) => unknown): void;
};

function stackBelow(called: (...args: never[]) => unknown): string | undefined {
  const place: { stack?: string } = {};
  (Error as V8Error).captureStackTrace?.(place, called);
  return place.stack?.replace(/^Error\n/, '');
}

/** Watches the console; the page's own output appears as before and first. */
export function observeConsole(target: Console, guard: Guard, onCall: ConsoleListener): Undo {
  let inside = false;
  return undoAll(
    CONSOLE_LEVELS.map((level) =>
      patchMethod(target, level, (original, isActive, installed) => {
        return (...args: unknown[]): void => {
          Reflect.apply(original, target, args);
          // A listener that logs must not hear itself for ever.
          if (inside || !isActive() || (level === 'assert' && args[0])) return;
          inside = true;
          try {
            const told = level === 'assert' ? ['Assertion failed', ...args.slice(1)] : args;
            guard(onCall)(level, told, () => stackBelow(installed));
          } finally {
            inside = false;
          }
        };
      }),
    ),
  );
}
