import type { ObservedRequest } from '../../browser/observed-request';
import { elementOf, type PageClick } from './clicks';
import { nameOf } from './failed-requests';
import { isIgnored } from './ignored';
import type { Sighting } from './marker';

/** A failure this soon after a click is the click's. */
const CAUSED_WITHIN_MS = 1_000;
/** What failed or was asked for in this time before the click happens without clicks, too. */
const BEFORE_MS = 60_000;
/** Names that are remembered; a page asks for fewer kinds of things in a minute. */
const MAX_NAMES = 200;

/** What a click makes fail is called by the click; finer words stay. */
const PLAIN = new Set(['uncaught', 'unhandled_rejection', 'http_status', 'network_failure']);
/** What nobody's click is the cause of, whenever it comes. */
const OTHER = new Set(['console_error', 'slow_request', 'failed_resource', 'app_crash']);

export interface ErrorClicks {
  onClick(click: PageClick): void;
  onRequest(request: ObservedRequest): void;
  /** The same failure, with the click that caused it, if one did. */
  explain(sighting: Sighting, request?: ObservedRequest): Sighting;
}

/**
 * Finds the click that made something fail. The failure's own marker says so: a marker of its own
 * would make two issues of one fault. Pure: give it what happens, with its times.
 *
 * @param onCause hears of each click that made something fail
 */
export function createErrorClicks(
  now: () => number,
  onCause: (click: PageClick) => void,
): ErrorClicks {
  let click: PageClick | undefined;
  /** When something was last seen that no click caused. */
  const byItself = new Map<string, number>();

  function causes(atMs: number): boolean {
    return click !== undefined && atMs >= click.atMs && atMs - click.atMs <= CAUSED_WITHIN_MS;
  }

  function remember(name: string): void {
    if (byItself.size >= MAX_NAMES) byItself.clear();
    byItself.set(name, now());
  }

  function happensByItself(name: string): boolean {
    return now() - (byItself.get(name) ?? -Infinity) < BEFORE_MS;
  }

  return {
    onClick(next) {
      click = next;
    },
    onRequest(request) {
      if (!causes(request.startedAt)) remember(nameOf(request));
    },
    explain(sighting, request) {
      const { kind, subkind } = sighting;
      if (OTHER.has(subkind) || (kind !== 'js_exception' && kind !== 'api_error')) return sighting;
      const name = request ? nameOf(request) : sighting.label;
      const caused = causes(now()) && (!request || causes(request.startedAt));
      if (!caused || happensByItself(name)) {
        if (!request) remember(name);
        return sighting;
      }
      if (!click) return sighting;
      onCause(click);
      if (isIgnored(click.element, 'error_click')) return sighting;
      return {
        ...sighting,
        subkind: PLAIN.has(subkind) ? 'error_click' : subkind,
        element: sighting.element ?? elementOf(click),
      };
    },
  };
}
