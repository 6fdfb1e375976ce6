const MAX_CHARACTERS = 1_000_000;
const MAX_MESSAGE = 20_000;

/** What would steer a terminal. */
// eslint-disable-next-line no-control-regex -- because these are what is taken out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * The page's messages as document 002 writes them: `[type] text`, and `[ERROR] message` with its
 * stack for what nobody caught. Bounded, because a page may log in a loop.
 */
export function createConsoleLines() {
  let lines = '';
  let dropped = 0;
  return {
    add(type: string, text: string): void {
      if (lines.length > MAX_CHARACTERS) {
        dropped++;
        return;
      }
      const bounded = text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`;
      lines += `[${type}] ${bounded.replace(CONTROL, '')}\n`;
    },
    text: () => (dropped === 0 ? lines : `${lines}[${String(dropped)} more messages]\n`),
  };
}

export type ConsoleLines = ReturnType<typeof createConsoleLines>;
