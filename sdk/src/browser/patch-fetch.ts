import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';
import {
  absoluteUrl,
  requestFacts,
  type ObservedRequest,
  type RequestWatch,
} from './observed-request';
import { patchMethod } from './patch';

type FetchArguments = Parameters<typeof fetch>;

/** The request before it goes out, and how its end is told. */
function begin(args: FetchArguments, watch: RequestWatch) {
  const [input, init] = args;
  const request = input instanceof Request ? input : undefined;
  const start = {
    via: 'fetch' as const,
    method: String(init?.method ?? request?.method ?? 'GET').toUpperCase(),
    url: absoluteUrl(request?.url ?? String(input)),
    startedAt: performance.now(),
  };
  watch.onStart(start);
  const requestBody: unknown = init?.body;
  return (outcome: ObservedRequest['outcome'], response?: Response) =>
    watch.onEnd({
      ...start,
      status: response?.status ?? 0,
      durationMs: Math.round(performance.now() - start.startedAt),
      outcome,
      facts: requestFacts(requestBody, (name) => response?.headers.get(name) ?? null),
      live: {
        requestHeaders: init?.headers ?? request?.headers,
        requestBody,
        ...(response && { response }),
      },
    });
}

/** Watches `fetch`. The arguments and the very promise of the original pass through untouched. */
export function observeFetch(target: Window, guard: Guard, watch: RequestWatch): Undo {
  return patchMethod(
    target as Window & { fetch: typeof fetch },
    'fetch',
    (original, isActive) =>
      function (this: unknown, ...args: FetchArguments) {
        const report = isActive() ? guard(begin)(args, watch) : undefined;
        const answer = Reflect.apply(original, this ?? target, args);
        if (report) {
          guard(() => {
            // With both branches, because a branch that is missing would reject a second time. So a
            // rejection that the page looks at nowhere is no `unhandledrejection` any more.
            answer.then(
              guard((response: Response) => report('answered', response)),
              guard((error: unknown) =>
                report((error as Error | null)?.name === 'AbortError' ? 'aborted' : 'failed'),
              ),
            );
          })();
        }
        return answer;
      } as typeof fetch,
  );
}
