import type { ObservedRequest, RequestStart } from '../../browser/observed-request';
import type { Undo } from '../../tools/undo';
import { nameOf, requestOf } from './failed-requests';
import type { OnSighting } from './marker';

/** A page that waits for news asks again at once; so long a slow answer waits to be told. */
const ASKED_AGAIN_MS = 1_500;
const MAX_POLLS = 100;

export interface SlowRequests {
  onStart(request: RequestStart): void;
  onEnd(request: ObservedRequest): void;
  stop: Undo;
}

function keyOf(request: RequestStart): string {
  return `${request.method} ${request.url.replace(/[?#].*$/, '')}`;
}

/** Tells of answers that took too long, but not of those that are slow on purpose (long polling). */
export function createSlowRequests(limitMs: () => number, onSighting: OnSighting): SlowRequests {
  const polls = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    onStart(request) {
      const key = keyOf(request);
      const timer = waiting.get(key);
      if (timer === undefined) return;
      clearTimeout(timer);
      waiting.delete(key);
      if (polls.size < MAX_POLLS) polls.add(key);
    },
    onEnd(request) {
      const key = keyOf(request);
      const { outcome, status, durationMs } = request;
      // What failed is told as such, however long it took.
      if (outcome !== 'answered' || status >= 400 || durationMs < limitMs()) return;
      if (polls.has(key) || waiting.has(key)) return;
      const tell = () => {
        waiting.delete(key);
        onSighting({
          kind: 'api_error',
          subkind: 'slow_request',
          label: `${nameOf(request)} slow`,
          evidence: `${durationMs} ms`,
          request: requestOf(request),
        });
      };
      waiting.set(key, setTimeout(tell, ASKED_AGAIN_MS));
    },
    stop: () => waiting.forEach((timer) => clearTimeout(timer)),
  };
}
