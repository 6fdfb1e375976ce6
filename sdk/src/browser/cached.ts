import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';
import { listen } from './listen';

/** A browser says each of them in its console. */
const MAX_MISSES = 3;
/** Set for the tab when the page's content policy forbids us to read. */
const FORBIDDEN = 'retrospec.assets';

/** The browser's own cache, of which a page can read what is of its origin. */
export interface Cached {
  /** Absent when it is not there, or must not be had. The site is never asked. */
  read(url: string): Promise<Response | undefined>;
  close: Undo;
}

export function openCached(originalFetch: typeof fetch, guard: Guard): Cached {
  const asked = new Set<string>();
  let misses = 0;

  // The first refusal is in the page's console, and in its reports, already: no second one.
  const close = listen(
    document,
    'securitypolicyviolation',
    guard(({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective !== 'connect-src' || !asked.has(blockedURI)) return;
      misses = MAX_MISSES;
      sessionStorage.setItem(FORBIDDEN, '1');
    }),
  );

  function mayAsk(): boolean {
    // A service worker answers as it likes, and may ask the site.
    const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
    return misses < MAX_MISSES && !serviceWorker?.controller && !isForbidden();
  }

  return {
    close,
    async read(url) {
      if (!mayAsk()) return undefined;
      asked.add(url);
      try {
        return await originalFetch(url, {
          mode: 'same-origin',
          cache: 'only-if-cached',
          priority: 'low',
        });
      } catch {
        misses++;
        // A violation is told in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
        return undefined;
      }
    },
  };
}

function isForbidden(): boolean {
  try {
    return sessionStorage.getItem(FORBIDDEN) !== null;
  } catch {
    return true;
  }
}
