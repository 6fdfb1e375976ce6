import { clip } from '../../tools/json-bytes';
import { errorFacts } from './error-facts';
import { MAX_LABEL_LENGTH } from './limits';
import type { Sighting } from './marker';

/** `console.error(…)`: a marker of its own sub-kind, because it is noisier than an exception. */
export function consoleErrorSighting(args: readonly unknown[], texts: string[]): Sighting {
  const thrown = args.find((arg) => arg instanceof Error);
  const label = clip(texts.join(' '), MAX_LABEL_LENGTH) || 'console.error()';
  return {
    kind: 'js_exception',
    subkind: 'console_error',
    label,
    error: thrown ? errorFacts(thrown) : { type: 'console.error', message: label },
  };
}
