import { clip, tryStringify } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { debugIdsIn, type DebugIds } from './debug-ids';
import { MAX_LABEL_LENGTH, MAX_STACK_LENGTH } from './limits';

export interface ErrorFacts {
  type: string;
  message: string;
  stack?: string;
  debugIds?: DebugIds;
}

/** The recorder masks more; this is for what fails before it is there, or without it. */
const EMAIL = /[^\s@/"'<>(),;:=]{1,64}@[^\s@/"'<>(),;:=]+\.[a-z]{2,}/gi;

function told(text: string): string {
  return redactUrlsIn(text).replace(EMAIL, '***');
}

/** What can be told of anything that was thrown, be it an Error or not. */
export function errorFacts(thrown: unknown): ErrorFacts {
  if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
    const error = thrown as { name?: unknown; message?: unknown; stack?: unknown };
    const stack =
      typeof error.stack === 'string' ? clip(told(error.stack), MAX_STACK_LENGTH) : undefined;
    return {
      type: clip(String(error.name ?? 'Error'), 100),
      message: clip(told(String(error.message)), MAX_LABEL_LENGTH),
      ...(stack !== undefined && { stack, ...debugIdsIn(stack) }),
    };
  }
  const text = typeof thrown === 'string' ? thrown : (tryStringify(thrown) ?? String(thrown));
  return { type: typeof thrown, message: clip(told(text), MAX_LABEL_LENGTH) };
}

export function errorLabel(facts: ErrorFacts): string {
  return clip(`${facts.type}: ${facts.message}`, MAX_LABEL_LENGTH);
}
