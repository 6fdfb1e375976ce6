import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { listen } from './listen';

export type PageMoment =
  /** Out of sight; on a phone often the last sign of life. */
  | 'hidden'
  /** Going away, perhaps into the back/forward cache. */
  | 'pagehide'
  /** In sight again, or back from the cache. */
  | 'visible';

/** `unload` and `beforeunload` are left alone on purpose: they keep a page out of the cache. */
export function observePageExit(
  target: Window,
  guard: Guard,
  onMoment: (moment: PageMoment) => void,
): Undo {
  const tell = guard(onMoment);
  return undoAll([
    listen(target.document, 'visibilitychange', () =>
      tell(target.document.visibilityState === 'hidden' ? 'hidden' : 'visible'),
    ),
    listen(target, 'pagehide', () => tell('pagehide')),
    listen<PageTransitionEvent>(target, 'pageshow', (event) => {
      if (event.persisted) tell('visible');
    }),
  ]);
}
