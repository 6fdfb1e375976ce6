import type { Guard } from '../tools/guard';
import type { Undo } from '../tools/undo';

/** What the page is made of; scripts and requests are not. */
const INITIATORS = new Set(['img', 'image', 'css', 'link', 'video', 'input']);
/** A link loads more than that; what it loads ahead is told by its name only. */
const LINKED = /\.(?:avif|gif|ico|jpe?g|png|svg|webp|otf|ttf|woff2?)$/i;
const SHEET = /\.css$/i;

/** One resource that the page has loaded. */
export interface LoadedResource {
  url: string;
  /** By an element that shows it; a style sheet, or a link that loads ahead, says not for whom. */
  byElement: boolean;
  /** Only what is of the page's own origin can be had without asking for it again. */
  isOwnOrigin: boolean;
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
  const observer = new target.PerformanceObserver(
    guard((list: PerformanceObserverEntryList) => {
      const loaded = (list.getEntries() as PerformanceResourceTiming[]).flatMap(
        ({ name, initiatorType, decodedBodySize }) => {
          if (!INITIATORS.has(initiatorType) || !/^https?:/.test(name)) return [];
          const { origin, pathname } = new URL(name);
          if (initiatorType === 'link' ? !LINKED.test(pathname) : SHEET.test(pathname)) return [];
          return {
            url: name,
            byElement: initiatorType !== 'css' && initiatorType !== 'link',
            isOwnOrigin: origin === target.location.origin,
            bytes: decodedBodySize,
          };
        },
      );
      if (loaded.length > 0) onResources(loaded);
    }),
  );
  observer.observe({ type: 'resource', buffered: true });
  return () => observer.disconnect();
}
