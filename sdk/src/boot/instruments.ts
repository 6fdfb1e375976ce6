import { observeConsole } from '../browser/patch-console';
import { observeFetch, type ObservedRequest } from '../browser/patch-fetch';
import { observeNavigation } from '../browser/navigation';
import { observeXhr } from '../browser/patch-xhr';
import { watchBlockedValidation } from '../domain/markers/blocked-validation';
import { consoleErrorSighting } from '../domain/markers/console-errors';
import { errorFacts } from '../domain/markers/error-facts';
import { watchExceptions } from '../domain/markers/exceptions';
import { failedRequestSighting } from '../domain/markers/failed-requests';
import type { OnSighting } from '../domain/markers/marker';
import { watchRageClicks } from '../domain/markers/rage-clicks';
import { consoleTexts } from '../domain/recording/console-text';
import type { CustomPayloads, CustomTag } from '../domain/recording/events';
import type { RecordingRules } from '../domain/session/rules';
import type { Guard } from '../tools/guard';
import { redactUrl } from '../tools/redact-url';
import { undoAll, type Undo } from '../tools/undo';
import type { Settings } from './options';

export interface InstrumentListener {
  onSighting: OnSighting;
  onCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void;
  /** The address changed without a new document. */
  onNavigation(href: string): void;
  /** Requests to RetroSpec itself are none of the page's. */
  isOwnRequest(url: string): boolean;
  isPrivate(element: Element): boolean;
  /** The project's rules as they are at this moment; they may change while the page is open. */
  rules(): RecordingRules;
}

/** Puts every watcher on the page that the settings ask for; the undo takes all of them off. */
export function instrumentPage(
  capture: Settings['capture'],
  guard: Guard,
  listener: InstrumentListener,
): Undo {
  const undos: Undo[] = [];
  const { onSighting, onCustom } = listener;

  function onRequest(request: ObservedRequest): void {
    if (listener.isOwnRequest(request.url)) return;
    const { method, url, status, durationMs, via } = request;
    onCustom('rs.network', { method, url: redactUrl(url), status, durationMs, type: via });
    const sighting = capture.errors ? failedRequestSighting(request) : undefined;
    if (sighting) onSighting(sighting);
  }

  if (capture.network) {
    undos.push(observeFetch(window, guard, onRequest), observeXhr(window, guard, onRequest));
  }
  if (capture.console) {
    undos.push(
      observeConsole(console, guard, (level, args) => {
        const texts = consoleTexts(args);
        const thrown = args.find((arg) => arg instanceof Error);
        const stack = thrown && errorFacts(thrown).stack;
        onCustom('rs.console', { level, args: texts, ...(stack && { stack }) });
        if (level === 'error' && capture.errors) onSighting(consoleErrorSighting(args, texts));
      }),
    );
  }
  if (capture.errors) {
    undos.push(watchExceptions(window, guard, onSighting));
  }
  if (capture.frustration) {
    undos.push(
      watchRageClicks(window, guard, listener.isPrivate, onSighting),
      watchBlockedValidation(window, guard, onSighting),
    );
  }
  undos.push(observeNavigation(window, guard, (href) => listener.onNavigation(href)));
  return undoAll(undos);
}
