import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';
import { patchMethod } from './patch';

/** One request that the page made, however it made it. */
export interface ObservedRequest {
  via: 'fetch' | 'xhr';
  method: string;
  url: string;
  /** 0 when no answer came. */
  status: number;
  durationMs: number;
  /** `answered` carries a status; `aborted` was given up by the page itself. */
  outcome: 'answered' | 'failed' | 'aborted';
}

export type RequestListener = (request: ObservedRequest) => void;

function methodOf(input: RequestInfo | URL, init: RequestInit | undefined): string {
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  return String(method).toUpperCase();
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

/** Watches `fetch`. The arguments and the very promise of the original pass through untouched. */
export function observeFetch(target: Window, guard: Guard, onRequest: RequestListener): Undo {
  return patchMethod(
    target as Window & { fetch: typeof fetch },
    'fetch',
    (original, isActive) =>
      function (this: unknown, ...args: Parameters<typeof fetch>) {
        const startedAt = Date.now();
        const answer = Reflect.apply(original, this ?? target, args);
        if (isActive()) {
          guard(() => {
            const [input, init] = args;
            const report = (outcome: ObservedRequest['outcome'], status: number) =>
              onRequest({
                via: 'fetch',
                method: methodOf(input, init),
                url: urlOf(input),
                status,
                durationMs: Date.now() - startedAt,
                outcome,
              });
            // Both branches are handled, so a rejection stays the page's own and is reported once.
            answer.then(
              guard((response: Response) => report('answered', response.status)),
              guard((error: unknown) =>
                report((error as Error | null)?.name === 'AbortError' ? 'aborted' : 'failed', 0),
              ),
            );
          })();
        }
        return answer;
      } as typeof fetch,
  );
}
