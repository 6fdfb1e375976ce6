import { clip, tryStringify } from '../../tools/json-bytes';
import { redactUrlsIn } from '../../tools/redact-url';
import { errorFacts, errorLabel } from './error-facts';
import { MAX_LABEL_LENGTH } from './limits';
import type { Sighting } from './marker';

/** The worst of them, before the recorder is there and knows all (`tools/secrets.ts`). */
const SECRET = /pass|pwd|secret|token|credential|api.?key|card|cvv|iban|session|cookie/i;

const MAX_PART_LENGTH = 200;

/** An error that the page's own code caught and thought worth telling, with what it knows about it. */
export function reportedSighting(error: unknown, context?: Record<string, unknown>): Sighting {
  const facts = errorFacts(error);
  const { fingerprint, ...rest } = context ?? {};
  const known =
    Object.keys(rest).length > 0 &&
    tryStringify(rest, (name, value: unknown) => (SECRET.test(name) ? '[redacted]' : value));
  return {
    kind: 'js_exception',
    subkind: 'reported',
    label: errorLabel(facts),
    error: facts,
    ...(fingerprint !== undefined && {
      fingerprint: [fingerprint].flat().map((part) => clip(String(part), MAX_PART_LENGTH)),
    }),
    ...(known && { evidence: clip(redactUrlsIn(clip(known, 2_000)), MAX_LABEL_LENGTH) }),
  };
}
