import { observeConsole, type ConsoleLevel } from '../browser/patch-console';
import { observeFetch } from '../browser/patch-fetch';
import { observeNavigation } from '../browser/navigation';
import type { ObservedRequest, RequestStart } from '../browser/observed-request';
import { observeXhr } from '../browser/patch-xhr';
import { consoleErrorSighting } from '../domain/markers/console-errors';
import { errorFacts } from '../domain/markers/error-facts';
import { failedRequestSighting } from '../domain/markers/failed-requests';
import { isIgnored } from '../domain/markers/ignored';
import { MAX_STACK_LENGTH } from '../domain/markers/limits';
import { maskedSighting } from '../domain/markers/masked-sighting';
import type { OnSighting, Sighting } from '../domain/markers/marker';
import { isNews } from '../domain/markers/told-errors';
import type { ReduceReason } from '../domain/chunks/chunk';
import { consoleTexts } from '../domain/recording/console-text';
import { maskPersonalData } from '../domain/recording/personal-data';
import type { CustomPayloads, CustomTag } from '../domain/recording/events';
import type { RecordingRules } from '../domain/session/rules';
import type { Guard } from '../tools/guard';
import { createRateLimit } from '../tools/rate-limit';
import { clip } from '../tools/json-bytes';
import { redactUrl, redactUrlsIn } from '../tools/redact-url';
import { undoAll, type Undo } from '../tools/undo';
import type { Settings } from './options';

export interface InstrumentListener {
  onSighting: OnSighting;
  onCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void;
  /** The address changed without a new document. */
  onNavigation(href: string): void;
  /** Less is told than happened, on purpose. */
  onReduced(reason: ReduceReason, count: number): void;
  /** Requests to RetroSpec itself are none of the page's. */
  isOwnRequest(url: string): boolean;
  isPrivate(element: Element): boolean;
  /** Whether the level lets any text of the page leave. */
  tellsTexts(): boolean;
  /** Elements whose images, scripts and styles failed before anybody watched; emptied when told. */
  early: Element[];
  /** The project's rules as they are at this moment; they may change while the page is open. */
  rules(): RecordingRules;
}

export type NetworkEntry = CustomPayloads['rs.network'];

/** What can wait until the page has loaded: it comes with the recorder and hears of these. */
export interface Sensors {
  onRequestStart(request: RequestStart): void;
  /** Called as soon as the answer is there, before the page reads it: what more is to be told of it. */
  onRequestEnd(request: ObservedRequest): Partial<NetworkEntry> | Promise<Partial<NetworkEntry>>;
  /** A failure, with what the sensors know of its cause. */
  explain(sighting: Sighting, request?: ObservedRequest): Sighting;
  onFailure(sighting: Sighting): void;
  onNavigation(): void;
  stop: Undo;
}

export type SensorsFactory = (
  capture: Settings['capture'],
  guard: Guard,
  listener: InstrumentListener,
) => Sensors;

export interface Instruments {
  /** Adds what was loaded later; at most once. */
  attach(create: SensorsFactory): void;
  /** Tells of a failure that the core saw, or the page itself. */
  tell: OnSighting;
  /** Takes everything off the page. */
  stop: Undo;
}

/** A page that writes more lines or asks for more than a person could follow is thinned, and says so. */
const LINES = { burst: 100, perSecond: 10 };
const REQUESTS = { burst: 200, perSecond: 20 };

/** Where it was written matters as much as what. */
function tellsPlace(level: ConsoleLevel): boolean {
  return level === 'error' || level === 'trace' || level === 'assert';
}

/** Puts the watchers of console, requests and navigation on the page; exceptions the core has seen. */
export function instrumentPage(
  capture: Settings['capture'],
  guard: Guard,
  listener: InstrumentListener,
): Instruments {
  const undos: Undo[] = [];
  const { onCustom } = listener;
  const admitsRequest = createRateLimit(REQUESTS.burst, REQUESTS.perSecond, Date.now);
  const admitsLine = createRateLimit(LINES.burst, LINES.perSecond, Date.now);
  const admitsError = createRateLimit(LINES.burst, LINES.perSecond, Date.now);
  let sensors: Sensors | undefined;

  function tell(sighting: Sighting, request?: ObservedRequest): void {
    if (isIgnored(document.documentElement, sighting.subkind)) return;
    const explained = guard(() => sensors?.explain(sighting, request))() ?? sighting;
    listener.onSighting(maskedSighting(explained));
    guard(() => sensors?.onFailure(sighting))();
  }

  function onRequestStart(request: RequestStart): void {
    if (!listener.isOwnRequest(request.url)) sensors?.onRequestStart(request);
  }

  function onRequest(request: ObservedRequest): void {
    if (listener.isOwnRequest(request.url)) return;
    const { method, url, status, durationMs, via, outcome, facts } = request;
    const entry: NetworkEntry = {
      method,
      url: redactUrl(url),
      status,
      durationMs,
      type: via,
      ...(outcome !== 'answered' && { outcome }),
      ...facts,
    };
    const more = guard(() => sensors?.onRequestEnd(request))();
    const note = guard((found?: Partial<NetworkEntry>) => {
      if (admitsRequest()) onCustom('rs.network', { ...entry, ...found });
      else listener.onReduced('network', 1);
    });
    if (more instanceof Promise) more.then(note, () => note());
    else note(more);
    const sighting = capture.errors ? failedRequestSighting(request) : undefined;
    if (sighting) tell(sighting, request);
  }

  if (capture.network) {
    const watch = { onStart: onRequestStart, onEnd: onRequest };
    undos.push(observeFetch(window, guard, watch), observeXhr(window, guard, watch));
  }
  if (capture.console) {
    undos.push(
      observeConsole(console, guard, (level, args, stackOfCall) => {
        // An error is not lost among chatter, and errors are bounded all the same.
        if (!(level === 'error' ? admitsError : admitsLine)()) {
          listener.onReduced('console', 1);
          return;
        }
        const texts = consoleTexts(args);
        const thrown = args.find((arg) => arg instanceof Error);
        const stack = thrown ? errorFacts(thrown).stack : tellsPlace(level) && stackOfCall();
        const isFailure = level === 'error' || level === 'assert';
        onCustom('rs.console', {
          level,
          // Where no text of the page is told, only what went wrong is.
          args: isFailure || listener.tellsTexts() ? texts : [],
          ...(stack && { stack: maskPersonalData(clip(redactUrlsIn(stack), MAX_STACK_LENGTH)) }),
        });
        if (level !== 'error' || !capture.errors) return;
        const sighting = consoleErrorSighting(args, texts);
        if (!thrown) tell(sighting);
        // A framework logs an error before it hands it on; where it arrives says more.
        else
          setTimeout(
            guard(() => isNews(thrown) && tell(sighting)),
            0,
          );
      }),
    );
  }
  undos.push(
    observeNavigation(window, guard, (href) => {
      listener.onNavigation(href);
      sensors?.onNavigation();
    }),
  );
  return {
    tell: (sighting) => tell(sighting),
    attach(create) {
      sensors = guard(() => create(capture, guard, { ...listener, onSighting: tell }))();
      if (sensors) undos.push(sensors.stop);
    },
    stop: undoAll(undos),
  };
}
