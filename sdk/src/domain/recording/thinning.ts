import type { Undo } from '../../tools/undo';
import type { ReduceReason } from '../chunks/chunk';
import { EventType, IncrementalSource, type RecordedEvent } from './events';
import { COARSE_LEVEL, type Quality } from './quality';

/** Of the positions of the pointer, every n-th, and always the last. */
const POSITIONS_KEPT = 4;
const SCROLL_EVERY_MS = 600;
const NOTICE_EVERY_MS = 10_000;
const LARGE_BATCH_NOTICE_MS = 60_000;

const MOVES: readonly number[] = [
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
];

export interface ThinningListener {
  onReduced(reason: ReduceReason, count: number): void;
  onReducedNotice(reason: string, count: number): void;
}

export interface Thinning {
  /** Takes positions out of an event; true when nothing of it is to be recorded. */
  thins(event: RecordedEvent): boolean;
  onReduced(reason: ReduceReason, count: number): void;
  onLargeBatch(count: number): void;
  stop: Undo;
}

/** Pointer and scrolling under load, and what is said about everything that was reduced. */
export function createThinning(
  quality: Quality,
  now: () => number,
  listener: ThinningListener,
): Thinning {
  const scrolledAt = new Map<number, number>();
  const untold = new Map<string, number>();
  const toldAt = new Map<string, number>();
  const longTasks = watchLongTasks((ms) => quality.sawLongTask(ms));

  function onReduced(reason: ReduceReason, count: number): void {
    if (count === 0) return;
    listener.onReduced(reason, count);
    notice(reason, count, NOTICE_EVERY_MS);
  }

  function notice(reason: string, count: number, everyMs: number): void {
    const sum = (untold.get(reason) ?? 0) + count;
    if (now() - (toldAt.get(reason) ?? -Infinity) < everyMs) {
      untold.set(reason, sum);
      return;
    }
    untold.delete(reason);
    toldAt.set(reason, now());
    listener.onReducedNotice(reason, sum);
  }

  function thinMoves(data: { positions?: unknown[] }): void {
    const all = data.positions ?? [];
    const kept = all.filter((_, at) => (all.length - 1 - at) % POSITIONS_KEPT === 0);
    onReduced('mouse', all.length - kept.length);
    data.positions = kept;
  }

  function skipsScroll(id: number): boolean {
    const at = now();
    if (at - (scrolledAt.get(id) ?? -Infinity) < SCROLL_EVERY_MS) {
      onReduced('scroll', 1);
      return true;
    }
    scrolledAt.set(id, at);
    return false;
  }

  return {
    onReduced,
    onLargeBatch: (count) => notice('mutation_batch', count, LARGE_BATCH_NOTICE_MS),
    thins(event) {
      if (event.type !== EventType.IncrementalSnapshot || quality.level() < COARSE_LEVEL) {
        return false;
      }
      const data = event.data as { source: number; id?: number; positions?: unknown[] };
      if (MOVES.includes(data.source)) thinMoves(data);
      return data.source === IncrementalSource.Scroll && skipsScroll(data.id ?? 0);
    },
    stop: longTasks,
  };
}

function watchLongTasks(onLongTask: (ms: number) => void): Undo {
  try {
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) onLongTask(duration);
    });
    observer.observe({ type: 'longtask' });
    return () => observer.disconnect();
  } catch {
    // A browser that does not tell them.
    return () => undefined;
  }
}
