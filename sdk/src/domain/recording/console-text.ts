import { clip, tryStringify } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';

/** As much of one argument as a person reads; a dumped store must not fill the upload. */
const MAX_ARG_LENGTH = 1_000;
const MAX_ARGS = 10;
/** A dumped store is long: addresses are looked for in as much, and never beyond. */
const READ_LENGTH = 2 * MAX_ARG_LENGTH;

function textOf(arg: unknown): string {
  if (typeof arg === 'string') return arg;
  if (arg instanceof Error) return `${arg.name}: ${arg.message}`;
  if (typeof Element !== 'undefined' && arg instanceof Element) {
    return `<${arg.tagName.toLowerCase()}>`;
  }
  if (typeof arg === 'function') return `function ${arg.name}()`;
  if (typeof arg === 'object' && arg !== null) return tryStringify(arg) ?? String(arg);
  return String(arg);
}

/** The arguments of a console call as texts. */
export function consoleTexts(args: readonly unknown[]): string[] {
  return args.slice(0, MAX_ARGS).map((arg) => {
    try {
      return clip(redactUrlsIn(clip(textOf(arg), READ_LENGTH)), MAX_ARG_LENGTH);
    } catch {
      return '[unreadable]';
    }
  });
}
