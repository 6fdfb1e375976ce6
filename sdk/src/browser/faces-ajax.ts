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

function idOf(source: unknown): string {
  return String((source as Element | null)?.id ?? source ?? '');
}

/** Listens to Faces' own script wherever and whenever a page loads it. */
export function observeFacesAjax(
  target: Window,
  guard: Guard,
  onError: (error: FacesAjaxError) => void,
): Undo {
  const known = new Set<FacesAjax>();
  let active = true;

  const look = guard(() => {
    const { faces, jsf } = target as FacesWindow;
    for (const ajax of [faces?.ajax, jsf?.ajax]) {
      if (typeof ajax?.addOnError !== 'function' || known.has(ajax)) continue;
      known.add(ajax);
      // Faces has no way to take a listener off again; so it falls silent instead.
      ajax.addOnError(
        guard((data) => {
          if (!active) return;
          onError({
            status: String(data.status),
            sourceId: idOf(data.source),
            errorName: String(data.errorName ?? ''),
            errorMessage: String(data.errorMessage ?? data.description ?? ''),
          });
        }),
      );
    }
  });

  look();
  return undoAll([
    () => void (active = false),
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
