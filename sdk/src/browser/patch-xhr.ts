import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { patchMethod } from './patch';
import type { RequestListener } from './patch-fetch';

interface Opened {
  method: string;
  url: string;
}

/** Watches `XMLHttpRequest` without touching arguments, handlers or the order of events. */
export function observeXhr(target: Window, guard: Guard, onRequest: RequestListener): Undo {
  const prototype = (target as Window & { XMLHttpRequest?: typeof XMLHttpRequest }).XMLHttpRequest
    ?.prototype;
  if (!prototype) return () => undefined;
  const opened = new WeakMap<XMLHttpRequest, Opened>();

  const undoOpen = patchMethod(
    prototype,
    'open',
    (original) =>
      function (this: XMLHttpRequest, ...args: unknown[]) {
        guard(() =>
          opened.set(this, { method: String(args[0]).toUpperCase(), url: String(args[1]) }),
        )();
        return Reflect.apply(original, this, args);
      } as XMLHttpRequest['open'],
  );

  const undoSend = patchMethod(
    prototype,
    'send',
    (original, isActive) =>
      function (this: XMLHttpRequest, ...args: unknown[]) {
        if (isActive()) guard(() => watch(this))();
        return Reflect.apply(original, this, args);
      } as XMLHttpRequest['send'],
  );

  function watch(xhr: XMLHttpRequest): void {
    const request = opened.get(xhr);
    if (!request) return;
    const startedAt = Date.now();
    let aborted = false;
    xhr.addEventListener('abort', () => (aborted = true), { once: true });
    xhr.addEventListener(
      'loadend',
      guard(() =>
        onRequest({
          via: 'xhr',
          ...request,
          status: xhr.status,
          durationMs: Date.now() - startedAt,
          outcome: aborted ? 'aborted' : xhr.status === 0 ? 'failed' : 'answered',
        }),
      ),
      { once: true },
    );
  }

  return undoAll([undoOpen, undoSend]);
}
