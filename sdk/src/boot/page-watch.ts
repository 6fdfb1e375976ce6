import { listen } from '../browser/listen';
import { observePageExit, type PageMoment } from '../browser/page-exit';
import { observePresence, type PresenceListener } from '../browser/presence';
import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';

/** Nobody there for so long: nothing is recorded, until there is. */
const QUIET_AFTER_MS = 5 * 60_000;

export interface PageListener extends PresenceListener {
  onMoment(moment: PageMoment): void;
  /** Another tab has changed what lies under one of the keys. */
  onOtherTabs(): void;
  onOnline(): void;
}

/** Watches what decides whether there is a recording at all; on the page from start to stop. */
export function watchPage(
  guard: Guard,
  sharedKeys: string[],
  frames: readonly string[],
  listener: PageListener,
): Undo {
  const isLife = ({ data, origin }: MessageEvent<{ retrospec?: unknown } | null>) =>
    data?.retrospec === 'life' && frames.includes(origin);
  return undoAll([
    observePageExit(window, guard, (moment) => listener.onMoment(moment)),
    observePresence(window, guard, QUIET_AFTER_MS, listener, isLife),
    listen(window, 'online', guard(listener.onOnline)),
    listen<StorageEvent>(
      window,
      'storage',
      guard((event: StorageEvent) => {
        // Without a key all was cleared.
        if (event.key === null || sharedKeys.includes(event.key)) listener.onOtherTabs();
      }),
    ),
  ]);
}
