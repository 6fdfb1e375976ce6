import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { absoluteUrl, requestFacts, type RequestWatch } from './observed-request';
import { patchMethod } from './patch';

interface Opened {
  method: string;
  url: string;
  headers: [string, string][];
}

/** One header of the answer. `getResponseHeader` would write a warning for each that is not exposed. */
export function headerOf(xhr: XMLHttpRequest, name: string): string | null {
  const line = xhr
    .getAllResponseHeaders()
    .split('\r\n')
    .find((it) => it.toLowerCase().startsWith(`${name}: `));
  return line?.slice(name.length + 2) ?? null;
}

/** Watches `XMLHttpRequest` without touching arguments, handlers or the order of events. */
export function observeXhr(target: Window, guard: Guard, watch: RequestWatch): Undo {
  const prototype = (target as Window & { XMLHttpRequest?: typeof XMLHttpRequest }).XMLHttpRequest
    ?.prototype;
  if (!prototype) return () => undefined;
  const opened = new WeakMap<XMLHttpRequest, Opened>();

  /** Looks at a call, then lets it through as it is. */
  function before(
    name: 'open' | 'send' | 'setRequestHeader',
    look: (xhr: XMLHttpRequest, args: unknown[]) => void,
  ): Undo {
    return patchMethod(
      prototype as unknown as Record<string, (...args: unknown[]) => unknown>,
      name,
      (original, isActive) =>
        function (this: XMLHttpRequest, ...args: unknown[]) {
          if (isActive()) guard(look)(this, args);
          return Reflect.apply(original, this, args);
        },
    );
  }

  function observe(xhr: XMLHttpRequest, requestBody: unknown): void {
    const request = opened.get(xhr);
    if (!request) return;
    const { method, url, headers } = request;
    const start = { via: 'xhr' as const, method, url, startedAt: performance.now() };
    watch.onStart(start);
    let aborted = false;
    xhr.addEventListener('abort', () => (aborted = true), { once: true });
    xhr.addEventListener(
      'loadend',
      guard(() =>
        watch.onEnd({
          ...start,
          status: xhr.status,
          durationMs: Math.round(performance.now() - start.startedAt),
          outcome: aborted ? 'aborted' : xhr.status === 0 ? 'failed' : 'answered',
          facts: requestFacts(requestBody, (name) => headerOf(xhr, name)),
          live: { requestHeaders: headers, requestBody, xhr },
        }),
      ),
      { once: true },
    );
  }

  return undoAll([
    before('open', (xhr, [method, url]) =>
      opened.set(xhr, {
        method: String(method).toUpperCase(),
        url: absoluteUrl(String(url)),
        headers: [],
      }),
    ),
    before('setRequestHeader', (xhr, [name, value]) =>
      opened.get(xhr)?.headers.push([String(name), String(value)]),
    ),
    before('send', (xhr, [body]) => observe(xhr, body)),
  ]);
}
