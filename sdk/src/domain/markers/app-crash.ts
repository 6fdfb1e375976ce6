import type { Undo } from '../../tools/undo';
import type { OnSighting, Sighting } from './marker';

/** So much of the page is gone … */
const GONE_SHARE = 0.7;
/** … this long after the failure at the latest. */
const GONE_WITHIN_MS = 2_000;
/** A page of fewer elements can change wholly without anything having crashed. */
const MIN_NODES = 30;
/** Counting is cheap, but not free on a large page. */
const COUNT_EVERY_MS = 4_000;
const LOOK_EVERY_MS = 1_000;
/** An older count may be of a page that has changed for good reasons since. */
const COUNT_HOLDS_MS = 6_000;
/** Who must sign in again sees another page, and nothing crashed. */
const SIGNED_OUT = [401, 403];

export interface AppCrash {
  /** A good moment to learn how large the page is when it is well. */
  lookAt(): void;
  onFailure(sighting: Sighting): void;
  /** Another page of the same document: what is gone had to go. */
  onNavigation(): void;
  stop: Undo;
}

/** Tells when most of the page vanishes after something failed. */
export function createAppCrash(target: Window, onSighting: OnSighting): AppCrash {
  const { document } = target;
  let nodes = 0;
  let countedAt = -Infinity;
  let timer: number | undefined;
  const ticks = target.setInterval(() => {
    if (!document.hidden) lookAt();
  }, COUNT_EVERY_MS);

  const count = () => document.body?.getElementsByTagName('*').length ?? 0;

  function forget(): void {
    target.clearTimeout(timer);
    timer = undefined;
  }

  function lookAt(): void {
    if (timer !== undefined || performance.now() - countedAt < LOOK_EVERY_MS) return;
    countedAt = performance.now();
    nodes = count();
  }

  /** How large the page was before the failure; a framework may have cleared it before we hear of it. */
  function before(): number {
    return performance.now() - countedAt < COUNT_HOLDS_MS ? Math.max(nodes, count()) : count();
  }

  return {
    lookAt,
    onFailure(sighting) {
      const { kind, subkind, request } = sighting;
      const isFailure =
        (kind === 'js_exception' && subkind !== 'console_error' && subkind !== 'app_crash') ||
        (kind === 'api_error' && subkind !== 'slow_request' && subkind !== 'failed_resource');
      if (!isFailure || timer !== undefined || SIGNED_OUT.includes(request?.status ?? 0)) return;
      const well = before();
      if (well < MIN_NODES) return;
      timer = target.setTimeout(() => {
        timer = undefined;
        const left = count();
        nodes = left;
        countedAt = performance.now();
        if (left > well * (1 - GONE_SHARE)) return;
        onSighting({
          kind: 'js_exception',
          subkind: 'app_crash',
          label: `Page crashed: ${sighting.label}`,
          evidence: `${well - left} of ${well} elements were gone within ${GONE_WITHIN_MS} ms`,
          ...(sighting.error && { error: sighting.error }),
          ...(request && { request }),
        });
      }, GONE_WITHIN_MS);
    },
    onNavigation() {
      forget();
      countedAt = -Infinity;
      nodes = 0;
    },
    stop() {
      forget();
      target.clearInterval(ticks);
    },
  };
}
