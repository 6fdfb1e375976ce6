import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';

/** What the page is made of; scripts and requests are not. */
const INITIATORS = new Set(['img', 'image', 'css', 'link', 'icon', 'video', 'input']);

/** One resource that the page has loaded. */
export interface LoadedResource {
  url: string;
  /** False when it came from another origin that does not let the page read it. */
  readable: boolean;
  /** Decoded; 0 when the browser does not say. */
  bytes: number;
}

/** Tells of each resource of the page's looks, those that were loaded before included. */
export function observeResources(
  target: Window & typeof globalThis,
  guard: Guard,
  onResources: (resources: LoadedResource[]) => void,
): Undo {
  if (typeof target.PerformanceObserver !== 'function') return () => undefined;
  const { origin } = target.location;
  const observer = new target.PerformanceObserver(
    guard((list: PerformanceObserverEntryList) => {
      const loaded = (list.getEntries() as PerformanceResourceTiming[])
        .filter((entry) => INITIATORS.has(entry.initiatorType) && /^https?:/.test(entry.name))
        .map((entry) => ({
          url: entry.name,
          // An answer that must not be read has no status here; asking for it again would put the
          // browser's complaint into the page's console.
          readable: new URL(entry.name).origin === origin || entry.responseStatus === 200,
          bytes: entry.decodedBodySize,
        }));
      if (loaded.length > 0) onResources(loaded);
    }),
  );
  observer.observe({ type: 'resource', buffered: true });
  return () => observer.disconnect();
}
