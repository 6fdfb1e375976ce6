import { clip } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { isSecretField, REDACTED, redactPairs } from '../../tools/secrets';
import { maskPersonalData } from './personal-data';

/** As much of one argument as a person reads; a dumped store must not fill the upload. */
const MAX_ARG_LENGTH = 5_000;
const MAX_ARGS = 10;
/** A dumped store is long: it is written out and looked through as far as this, and never beyond. */
const READ_LENGTH = MAX_ARG_LENGTH + 1_000;
const MAX_DEPTH = 6;
/** A store holds every visitor's things; these are enough to know it. */
const MAX_ENTRIES = 100;

/** JSON of anything, but never more of it than is told: a large store must not hold up the page. */
function preview(value: unknown): string {
  const above: object[] = [];
  let written = '';

  function write(text: string): void {
    written += text;
  }

  function list(open: string, close: string, entries: Iterable<() => void>): void {
    let count = 0;
    write(open);
    for (const entry of entries) {
      if (written.length > READ_LENGTH || count >= MAX_ENTRIES) {
        write(',…');
        break;
      }
      if (count++ > 0) write(',');
      entry();
    }
    write(close);
  }

  function* items(owner: Iterable<unknown>): Iterable<() => void> {
    for (const item of owner) yield () => walk(item);
  }

  function* entries(map: Map<unknown, unknown>): Iterable<() => void> {
    for (const [key, value] of map) {
      const isSecret = typeof key === 'string' && isSecretField(key);
      yield () => walk([key, isSecret ? REDACTED : value]);
    }
  }

  function* members(owner: object): Iterable<() => void> {
    for (const name in owner) {
      const property = Object.getOwnPropertyDescriptor(owner, name);
      if (!property) continue;
      // What a getter of the page would do when it is asked, only the page knows.
      const member: unknown = property.get ? '(…)' : property.value;
      if (member === undefined || typeof member === 'function') continue;
      yield () => {
        write(`${JSON.stringify(name)}:`);
        if (isSecretField(name)) write(`"${REDACTED}"`);
        else walk(member);
      };
    }
  }

  function walk(item: unknown): void {
    if (typeof item !== 'object' || item === null) {
      if (typeof item === 'string') write(JSON.stringify(item.slice(0, READ_LENGTH)));
      else write(typeof item === 'function' ? `"function ${item.name}"` : String(item));
      return;
    }
    const text = plainText(item);
    if (text !== undefined) return write(JSON.stringify(text));
    if (above.includes(item) || above.length >= MAX_DEPTH) return write('"…"');
    above.push(item);
    if (item instanceof Map) list('[', ']', entries(item));
    else if (Array.isArray(item) || item instanceof Set) list('[', ']', items(item));
    else list('{', '}', members(item));
    above.pop();
  }

  walk(value);
  return written;
}

/** What is told in a word or two, wherever it stands. */
function plainText(item: object): string | undefined {
  if (item instanceof Date)
    return Number.isNaN(item.getTime()) ? 'Invalid Date' : item.toISOString();
  if (item instanceof URL) return item.href;
  // Of millions of numbers not even the names may be listed.
  if (ArrayBuffer.isView(item)) return `${item.constructor.name}(${item.byteLength} bytes)`;
  if (item instanceof Error) return `${item.name}: ${item.message}`;
  if (typeof Element !== 'undefined' && item instanceof Element) {
    return `<${item.tagName.toLowerCase()}>`;
  }
  return undefined;
}

function textOf(arg: unknown): string {
  if (typeof arg === 'string') return redactPairs(arg.slice(0, READ_LENGTH));
  if (typeof arg === 'function') return `function ${arg.name}()`;
  if (typeof arg === 'object' && arg !== null) return redactPairs(plainText(arg) ?? preview(arg));
  return String(arg);
}

/** The arguments of a console call as texts. */
export function consoleTexts(args: readonly unknown[]): string[] {
  return args.slice(0, MAX_ARGS).map((arg) => {
    try {
      return clip(maskPersonalData(redactUrlsIn(clip(textOf(arg), READ_LENGTH))), MAX_ARG_LENGTH);
    } catch {
      return '[unreadable]';
    }
  });
}
