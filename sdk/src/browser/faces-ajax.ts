import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { listen } from './listen';

/** What `faces.ajax` (`jsf.ajax` before Jakarta) tells its error listeners. */
export interface FacesAjaxError {
  status: string;
  sourceId: string;
  errorName: string;
  errorMessage: string;
}

interface FacesWindow extends Window {
  faces?: { ajax?: FacesAjax };
  jsf?: { ajax?: FacesAjax };
}

interface FacesAjax {
  addOnError?(listener: (data: Record<string, unknown>) => void): void;
}

/** Faces has no way to take a listener off again, so each of its scripts gets one, for ever. */
const heard = new WeakMap<FacesAjax, Set<(data: Record<string, unknown>) => void>>();

function listenersOf(ajax: FacesAjax): Set<(data: Record<string, unknown>) => void> {
  let listeners = heard.get(ajax);
  if (!listeners) {
    const all = new Set<(data: Record<string, unknown>) => void>();
    heard.set(ajax, (listeners = all));
    ajax.addOnError?.((data) => all.forEach((listener) => listener(data)));
  }
  return listeners;
}

function idOf(source: unknown): string {
  return String((source as Element | null)?.id ?? source ?? '');
}

/** Listens to Faces' own script wherever and whenever a page loads it. */
export function observeFacesAjax(
  target: Window,
  guard: Guard,
  onError: (error: FacesAjaxError) => void,
): Undo {
  const joined = new Set<ReturnType<typeof listenersOf>>();

  const onData = guard((data: Record<string, unknown>) =>
    onError({
      status: String(data.status),
      sourceId: idOf(data.source),
      errorName: String(data.errorName ?? ''),
      errorMessage: String(data.errorMessage ?? data.description ?? ''),
    }),
  );
  const look = guard(() => {
    const { faces, jsf } = target as FacesWindow;
    for (const ajax of [faces?.ajax, jsf?.ajax]) {
      if (typeof ajax?.addOnError !== 'function') continue;
      const listeners = listenersOf(ajax);
      joined.add(listeners.add(onData));
    }
  });

  look();
  return undoAll([
    () => joined.forEach((listeners) => listeners.delete(onData)),
    listen(target.document, 'DOMContentLoaded', look),
    listen(
      target.document,
      'load',
      (event) => {
        if ((event.target as Partial<Element> | null)?.tagName === 'SCRIPT') look();
      },
      { capture: true },
    ),
  ]);
}
