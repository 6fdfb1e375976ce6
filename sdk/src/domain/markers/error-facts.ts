import { clip, tryStringify } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { debugIdsIn, type DebugIds } from './debug-ids';
import { MAX_LABEL_LENGTH, MAX_STACK_LENGTH } from './limits';

export interface ErrorFacts {
  type: string;
  message: string;
  stack?: string;
  debugIds?: DebugIds;
  /** What led to it, printed as Java prints it: `Caused by: TypeError: …` with its stack, link by link. */
  cause?: string;
}

/** The recorder masks more; this is for what fails before it is there, or without it. */
const EMAIL = /[^\s@/"'<>(),;:=]{1,64}@[^\s@/"'<>(),;:=]+\.[a-z]{2,}/gi;

function told(text: string): string {
  return redactUrlsIn(text).replace(EMAIL, '***');
}

/** Deeper links tell the same story again. */
const MAX_LINKS = 5;

/** What an error wraps; of those that came together the first. */
function causeOf(error: unknown): unknown {
  const { cause, errors } = Object(error) as { cause?: unknown; errors?: unknown[] };
  return cause ?? errors?.[0];
}

function chainOf(error: unknown): { cause?: string } {
  let cause = '';
  let link = causeOf(error);
  for (
    let count = 0;
    (link ?? undefined) !== undefined && count < MAX_LINKS;
    count++, link = causeOf(link)
  ) {
    const { type, message, stack = '' } = factsOf(link);
    // V8 writes the first line itself.
    cause += `Caused by: ${stack.startsWith(type) ? '' : `${type}: ${message}\n`}${stack}\n`;
  }
  return cause ? { cause: clip(cause, MAX_STACK_LENGTH) } : {};
}

/** What can be told of anything that was thrown, be it an Error or not. */
export function errorFacts(thrown: unknown): ErrorFacts {
  const facts: ErrorFacts = { ...factsOf(thrown), ...chainOf(thrown) };
  return { ...facts, ...debugIdsIn(`${facts.stack ?? ''}${facts.cause ?? ''}`) };
}

function factsOf(thrown: unknown): ErrorFacts {
  if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
    const error = thrown as { name?: unknown; message?: unknown; stack?: unknown };
    const stack =
      typeof error.stack === 'string' ? clip(told(error.stack), MAX_STACK_LENGTH) : undefined;
    return {
      type: clip(String(error.name ?? 'Error'), 100),
      message: clip(told(String(error.message)), MAX_LABEL_LENGTH),
      ...(stack !== undefined && { stack }),
    };
  }
  const text = typeof thrown === 'string' ? thrown : (tryStringify(thrown) ?? String(thrown));
  return { type: typeof thrown, message: clip(told(text), MAX_LABEL_LENGTH) };
}

export function errorLabel(facts: ErrorFacts): string {
  return clip(`${facts.type}: ${facts.message}`, MAX_LABEL_LENGTH);
}
