import type { ReduceReason } from '../chunks/chunk';
import type { Quality } from './quality';
import type { MutationBuffer } from './rrweb-internals';

/** PostHog's figures, which its users' pages have proved: a burst, then a steady trickle. */
const BUCKET_SIZE = 100;
const BUCKET_PER_SECOND = 10;
const LATE_EVERY_MS = 1_000;
/** More in one batch would hold the page up; it is not recorded, a snapshot follows. */
const FLOOD = 10_000;
/** So much in one batch is worth a word. */
const LARGE_BATCH = 750;
/** A page is at rest when it changes less than this while we look. */
const CALM_RECORDS = 1_000;
const FIRST_CALM_MS = 500;
const MOST_CALM_MS = 8_000;
/** A page that never comes to rest gets its snapshot all the same. */
const LONGEST_PAUSE_MS = 30_000;

export interface GateListener {
  onReduced(reason: ReduceReason, count: number): void;
  onLargeBatch(count: number): void;
  /** A picture is being taken: it must know what moved before it comes there, so nothing waits. */
  isPictureUnderWay(): boolean;
  /** The flood is over; nothing that is known about the page holds any more. */
  onCalm(): void;
  /** Hands admitted records to rrweb. */
  process(buffer: MutationBuffer, records: MutationRecord[]): void;
  now(): number;
}

export interface MutationGate {
  admit(records: MutationRecord[], buffer: MutationBuffer): void;
  /** Everything that waits for the end of its window, at once. */
  flush(): void;
  stop(): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** What one root waits with, each change of a text or an attribute only once. */
interface Waiting {
  records: MutationRecord[];
  seen: Map<Node, Set<string>>;
}

/**
 * Stands before rrweb, which reads what a page looks like only when it is handed a record. So of
 * many records about one attribute the first is enough (it has the old value), and a record that is
 * handed over late loses the values in between, never the last one.
 */
export function createMutationGate(quality: Quality, listener: GateListener): MutationGate {
  const buckets = new WeakMap<Node, Bucket>();
  let waiting = new Map<MutationBuffer, Waiting>();
  let late = new Map<MutationBuffer, Waiting>();
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  let calmTimer: ReturnType<typeof setTimeout> | undefined;
  let paused = false;
  let lastPauseAt = 0;
  let sinceLook = 0;
  let calmMs = FIRST_CALM_MS;

  function hasToken(node: Node, now: number): boolean {
    const bucket = buckets.get(node);
    if (!bucket) {
      buckets.set(node, { tokens: BUCKET_SIZE - 1, at: now });
      return true;
    }
    const refilled = bucket.tokens + ((now - bucket.at) / 1_000) * BUCKET_PER_SECOND;
    bucket.tokens = Math.min(BUCKET_SIZE, refilled);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }

  /** Adds unless the same change of the same node waits already; true when it was added. */
  function keep(place: Waiting, record: MutationRecord): boolean {
    if (record.type === 'childList') {
      place.records.push(record);
      return true;
    }
    const name = record.type === 'characterData' ? '' : `${record.attributeName}`;
    const names = place.seen.get(record.target);
    if (names?.has(name)) return false;
    if (names) names.add(name);
    else place.seen.set(record.target, new Set([name]));
    place.records.push(record);
    return true;
  }

  function placeOf(map: Map<MutationBuffer, Waiting>, buffer: MutationBuffer): Waiting {
    let place = map.get(buffer);
    if (!place) map.set(buffer, (place = { records: [], seen: new Map() }));
    return place;
  }

  function flush(): void {
    clearTimeout(flushTimer);
    flushTimer = undefined;
    const ready = waiting;
    waiting = new Map();
    for (const [buffer, { records }] of ready) listener.process(buffer, records);
  }

  function releaseLate(): void {
    lateTimer = undefined;
    const ready = late;
    late = new Map();
    for (const [buffer, { records }] of ready) listener.process(buffer, records);
  }

  function sort(records: MutationRecord[], buffer: MutationBuffer): void {
    const place = placeOf(waiting, buffer);
    const now = listener.now();
    let merged = 0;
    let throttled = 0;
    for (const record of records) {
      if (record.type !== 'childList' && !hasToken(record.target, now)) {
        throttled++;
        if (keep(placeOf(late, buffer), record))
          lateTimer ??= setTimeout(releaseLate, LATE_EVERY_MS);
      } else if (!keep(place, record)) {
        merged++;
      }
    }
    if (throttled > 0) listener.onReduced('mutation_bucket', throttled);
    // Two changes within one task nobody has seen; within a window of ours somebody might have.
    if (merged > 0 && flushTimer !== undefined) {
      listener.onReduced(quality.isForLongTasks() ? 'long_tasks' : 'mutation_bucket', merged);
    }
  }

  function waitingRecords(): number {
    let sum = 0;
    for (const { records } of waiting.values()) sum += records.length;
    return sum;
  }

  function pause(now: number): void {
    listener.onReduced('mutation_pause', waitingRecords());
    stop();
    // Whoever floods again soon after a snapshot does not get the next one as soon.
    const again = lastPauseAt > 0 && now - lastPauseAt < LONGEST_PAUSE_MS;
    calmMs = again ? Math.min(calmMs * 4, MOST_CALM_MS) : FIRST_CALM_MS;
    paused = true;
    lastPauseAt = now;
    sinceLook = 0;
    calmTimer = setTimeout(lookForCalm, calmMs);
  }

  function lookForCalm(): void {
    const pausedForMs = listener.now() - lastPauseAt;
    if (sinceLook > CALM_RECORDS && pausedForMs < LONGEST_PAUSE_MS) {
      sinceLook = 0;
      calmTimer = setTimeout(lookForCalm, calmMs);
      return;
    }
    paused = false;
    calmTimer = undefined;
    listener.onCalm();
  }

  function stop(): void {
    for (const timer of [flushTimer, lateTimer, calmTimer]) clearTimeout(timer);
    flushTimer = lateTimer = calmTimer = undefined;
    waiting = new Map();
    late = new Map();
  }

  return {
    flush,
    stop,
    admit(records, buffer) {
      const now = listener.now();
      quality.sawMutations(records.length);
      if (paused) {
        sinceLook += records.length;
        listener.onReduced('mutation_pause', records.length);
        return;
      }
      if (records.length > LARGE_BATCH) listener.onLargeBatch(records.length);
      if (records.length + waitingRecords() >= FLOOD) {
        listener.onReduced('mutation_pause', records.length);
        pause(now);
        return;
      }
      sort(records, buffer);
      const windowMs = listener.isPictureUnderWay() ? 0 : quality.windowMs();
      if (windowMs === 0) flush();
      else flushTimer ??= setTimeout(flush, windowMs);
    },
  };
}
