import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import { listen } from './listen';

export type VitalName = 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB';
export type VitalRating = 'good' | 'needs-improvement' | 'poor';

export interface Vital {
  name: VitalName;
  /** Milliseconds; CLS has no unit. */
  value: number;
  rating: VitalRating;
}

/** Up to the first a value is good, beyond the second it is poor; Google's values. */
const LIMITS: Record<VitalName, [number, number]> = {
  LCP: [2_500, 4_000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1_800, 3_000],
  TTFB: [800, 1_800],
};

/** Shifts closer than this belong together … */
const SHIFT_GAP_MS = 1_000;
/** … up to this long. */
const SHIFT_WINDOW_MS = 5_000;
/** INP leaves out one interaction of as many … */
const OUTLIER_OF = 50;
/** … so that no more of the slowest are needed. */
const SLOWEST_KEPT = 10;

type Entry = PerformanceEntry & {
  value: number;
  hadRecentInput: boolean;
  interactionId?: number;
  responseStart: number;
  activationStart?: number;
};

export function rate(name: VitalName, value: number): VitalRating {
  const [good, poor] = LIMITS[name];
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
}

/** The worst stretch of shifts so far. Pure: give it shifts in their order. */
export function createShiftScore(): (shift: { value: number; startTime: number }) => number {
  let firstAt = -Infinity;
  let lastAt = -Infinity;
  let sum = 0;
  let worst = 0;
  return ({ value, startTime }) => {
    const joins = startTime - lastAt < SHIFT_GAP_MS && startTime - firstAt < SHIFT_WINDOW_MS;
    if (!joins) firstAt = startTime;
    lastAt = startTime;
    sum = joins ? sum + value : value;
    worst = Math.max(worst, sum);
    return worst;
  };
}

/** The slowest interaction but for outliers. Pure: give it interactions, and how many there were. */
export function createSlowestInteraction() {
  const slowest = new Map<number, number>();
  return {
    add(id: number, durationMs: number): void {
      slowest.set(id, Math.max(slowest.get(id) ?? 0, durationMs));
      if (slowest.size <= SLOWEST_KEPT) return;
      const [quickest] = [...slowest].sort((a, b) => a[1] - b[1])[0] ?? [];
      if (quickest !== undefined) slowest.delete(quickest);
    },
    value(interactions: number): number | undefined {
      const sorted = [...slowest.values()].sort((a, b) => b - a);
      return sorted[Math.min(sorted.length - 1, Math.floor(interactions / OUTLIER_OF))];
    },
  };
}

/** Watches entries of the browser's own measurements; a kind that it does not know is left out. */
export function observeEntries(
  guard: Guard,
  options: PerformanceObserverInit & { durationThreshold?: number },
  onEntry: (entry: Entry) => void,
): Undo {
  try {
    const observer = new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => guard(onEntry)(entry as Entry)),
    );
    observer.observe({ buffered: true, ...options });
    return () => observer.disconnect();
  } catch {
    return () => undefined;
  }
}

/**
 * How this document felt to its visitor: first byte and first content as soon as they are known, the
 * rest when the visitor acts or leaves. What happened after the tab was first hidden says nothing.
 */
export function observeVitals(target: Window, guard: Guard, onVital: (vital: Vital) => void): Undo {
  const { document, performance } = target;
  const hiddenBefore = performance
    .getEntriesByType('visibility-state')
    .find((it) => it.name === 'hidden')?.startTime;
  let hiddenAt = hiddenBefore ?? (document.visibilityState === 'hidden' ? 0 : Infinity);
  const told = new Map<VitalName, number>();
  const latest = new Map<VitalName, number>();
  const shiftScore = createShiftScore();
  const interactions = createSlowestInteraction();
  let interactionIds = [Infinity, 0];

  function tell(name: VitalName, value: number | undefined): void {
    if (value === undefined || told.get(name) === value) return;
    told.set(name, value);
    const rounded = name === 'CLS' ? Math.round(value * 1e4) / 1e4 : Math.round(value);
    onVital({ name, value: rounded, rating: rate(name, value) });
  }

  const navigation = performance.getEntriesByType('navigation')[0] as Entry | undefined;
  const startedAt = navigation?.activationStart ?? 0;
  if (navigation && navigation.responseStart > 0) {
    tell('TTFB', Math.max(0, navigation.responseStart - startedAt));
  }

  const settleContent = guard(() => tell('LCP', latest.get('LCP')));
  const settle = guard(() => {
    settleContent();
    tell('CLS', latest.get('CLS'));
    const [first = 0, last = 0] = interactionIds;
    // The browser counts in steps of seven.
    tell('INP', interactions.value(last ? (last - first) / 7 + 1 : 0));
    hiddenAt = Math.min(hiddenAt, performance.now());
  });

  const capture = { capture: true };
  return undoAll([
    observeEntries(guard, { type: 'paint' }, ({ name, startTime }) => {
      if (name === 'first-contentful-paint' && startTime < hiddenAt) {
        tell('FCP', Math.max(0, startTime - startedAt));
        latest.set('CLS', latest.get('CLS') ?? 0);
      }
    }),
    observeEntries(guard, { type: 'largest-contentful-paint' }, ({ startTime }) => {
      if (startTime < hiddenAt && !told.has('LCP')) {
        latest.set('LCP', Math.max(0, startTime - startedAt));
      }
    }),
    observeEntries(guard, { type: 'layout-shift' }, (shift) => {
      if (!shift.hadRecentInput) latest.set('CLS', shiftScore(shift));
    }),
    observeEntries(guard, { type: 'event', durationThreshold: 40 }, (event) => {
      const { interactionId: id, duration } = event;
      if (!id) return;
      interactions.add(id, duration);
      interactionIds = [
        Math.min(interactionIds[0] ?? id, id),
        Math.max(interactionIds[1] ?? 0, id),
      ];
    }),
    listen(target, 'keydown', settleContent, capture),
    listen(target, 'click', settleContent, capture),
    // Before the recording sends what it has because of the very same event.
    listen(
      document,
      'visibilitychange',
      () => {
        if (document.visibilityState === 'hidden') settle();
      },
      capture,
    ),
    listen(target, 'pagehide', settle, capture),
  ]);
}
