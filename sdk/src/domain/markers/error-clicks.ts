import type { ObservedRequest } from '../../browser/observed-request';
import { elementOf, type PageClick } from './clicks';
import { nameOf } from './failed-requests';
import { isIgnored } from './ignored';
import type { OnSighting, Sighting } from './marker';

/** A failure this soon after a click is the click's. */
const CAUSED_WITHIN_MS = 1_000;
/** What failed or was asked for in this time before the click happens without clicks, too. */
const BEFORE_MS = 60_000;
/** Names that are remembered; a page asks for fewer kinds of things in a minute. */
const MAX_NAMES = 200;

export interface ErrorClicks {
  onClick(click: PageClick): void;
  onRequest(request: ObservedRequest): void;
  onFailure(sighting: Sighting, request?: ObservedRequest): void;
}

/** Tells of clicks that made something fail. Pure: give it what happens, with its times. */
export function createErrorClicks(now: () => number, onSighting: OnSighting): ErrorClicks {
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
    onFailure(sighting, request) {
      const { kind, subkind } = sighting;
      // The page says itself that it went wrong; whether the visitor noticed, nobody knows.
      if (kind === 'ui_no_effect' || subkind === 'console_error') return;
      if (kind === 'validation_failed' || subkind === 'slow_request') return;
      if (subkind === 'failed_resource' || subkind === 'app_crash') return;
      const name = request ? nameOf(request) : sighting.label;
      const caused = causes(now()) && (!request || causes(request.startedAt));
      if (!caused || happensByItself(name)) {
        if (!request) remember(name);
        return;
      }
      const cause = click;
      // One marker for one click, however much fails.
      click = undefined;
      if (!cause || isIgnored(cause.element, 'error_click')) return;
      onSighting({
        kind: 'ui_no_effect',
        subkind: 'error_click',
        label: `Error click on ${cause.name}`,
        evidence: sighting.label,
        element: elementOf(cause),
        ...(sighting.error && { error: sighting.error }),
        ...(sighting.request && { request: sighting.request }),
      });
    },
  };
}
