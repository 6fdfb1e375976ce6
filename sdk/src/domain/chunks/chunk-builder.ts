import { utf8Size } from '../../tools/json-bytes';
import type { SeenMarker } from '../markers/marker';
import type { RecordedEvent } from '../recording/events';
import {
  noCounts,
  type Chunk,
  type DropReason,
  type FlushReason,
  type ReduceReason,
} from './chunk';
import { CHUNK_SOFT_BYTES, EVENT_HARD_BYTES, FLUSH_EVERY_MS } from './limits';
import { oversizeNotice } from './oversize';
import { createWaitingRoom, type WaitingRoom } from './waiting-room';

/** What a cut takes out; the session adds number and facts. */
export type ChunkContent = Pick<Chunk, 'reason' | 'events' | 'markers' | 'counters'>;

export interface BuilderListener {
  onChunk(content: ChunkContent): void;
  /** An event that will be sent has this time; answers when the session began. */
  began(atMs: number): number;
  /** What waits can only be shortened from a whole picture on. */
  onPictureWanted(): void;
}

export interface ChunkBuilder {
  add(event: RecordedEvent): void;
  addMarker(marker: SeenMarker): void;
  countDropped(reason: DropReason, events: number): void;
  countThrottled(): void;
  countReduced(reason: ReduceReason, events: number): void;
  countMasked(values: number): void;
  /** Values that could have been masked, whether they were or not. */
  countMaskable(values: number): void;
  countClockJump(): void;
  /** Something that the page showed and that its replay cannot show. */
  countAssetMissing(): void;
  /** Cuts now what has gathered; nothing happens when there is nothing. */
  cut(reason: FlushReason): void;
  /**
   * From now on events wait and none is cut, until the release. At least the last `spanMs` are kept,
   * beginning with a whole picture; `Infinity` keeps all.
   */
  hold(spanMs: number): void;
  /** Whether events wait, so that it is open whether anything of them is ever sent. */
  isHolding(): boolean;
  release(): void;
  /** Events that wait for the release. */
  held(): number;
  /** Forgets all that was not cut yet; of how many events is counted if there is a reason. */
  discard(reason?: ReduceReason): void;
}

/** Gathers events and cuts them into chunks: by time, by bytes, and at once on a marker. */
export function createChunkBuilder(listener: BuilderListener): ChunkBuilder {
  let events: string[] = [];
  let bytes = 0;
  let markers: SeenMarker[] = [];
  let counters = noCounts();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let markerTimer: ReturnType<typeof setTimeout> | undefined;
  let waiting: WaitingRoom | undefined;

  function clearTimers(): void {
    clearTimeout(timer);
    clearTimeout(markerTimer);
    timer = markerTimer = undefined;
  }

  function cut(reason: FlushReason): void {
    if (waiting) return;
    clearTimers();
    if (events.length === 0 && markers.length === 0) return;
    const content = {
      reason,
      events,
      markers: markers.map(({ atMs, ...marker }) => ({
        ...marker,
        replayOffsetMs: Math.max(0, atMs - listener.began(atMs)),
      })),
      counters,
    };
    events = [];
    markers = [];
    counters = noCounts();
    bytes = 0;
    listener.onChunk(content);
  }

  function push(json: string, size: number): void {
    // Cut before, not after: a chunk stays below the limit unless one event alone is above it.
    if (bytes > 0 && bytes + size > CHUNK_SOFT_BYTES) cut('size');
    events.push(json);
    bytes += size;
    timer ??= setTimeout(() => cut('interval'), FLUSH_EVERY_MS);
  }

  function countDropped(reason: DropReason, count: number): void {
    if (count > 0) counters.dropped[reason] = (counters.dropped[reason] ?? 0) + count;
  }

  function countReduced(reason: ReduceReason, count: number): void {
    counters.reduced[reason] = (counters.reduced[reason] ?? 0) + count;
  }

  function wait(room: WaitingRoom, event: RecordedEvent, json: string, size: number): void {
    if (!room.add(event, json, size)) countDropped('held_too_long', 1);
    if (room.wantsPicture(event.timestamp)) listener.onPictureWanted();
  }

  function add(event: RecordedEvent): void {
    let json: string;
    try {
      json = JSON.stringify(event);
    } catch {
      // A circle, or a BigInt, that the page has told.
      countDropped('not_json', 1);
      return;
    }
    const size = utf8Size(json);
    // What waits may never be sent, so it does not say yet when the session began.
    if (!waiting) listener.began(event.timestamp);
    if (size > EVENT_HARD_BYTES) {
      countDropped('oversize', 1);
      add(oversizeNotice(size, event.timestamp));
    } else if (waiting) wait(waiting, event, json, size);
    else push(json, size);
  }

  return {
    cut,
    countDropped,
    countThrottled: () => void counters.throttled++,
    countReduced,
    countAssetMissing: () => void counters.assetsMissing++,
    countMasked: (values) => void (counters.masked += values),
    countMaskable: (values) => void (counters.maskable += values),
    countClockJump: () => void counters.clockJumps++,
    add,
    addMarker(marker) {
      if (waiting) {
        waiting.addMarker(marker);
        return;
      }
      markers.push(marker);
      // After the current task, so that what one failure causes together travels together.
      markerTimer ??= setTimeout(() => cut('marker'), 0);
    },
    hold(spanMs) {
      cut('hold');
      waiting ??= createWaitingRoom(spanMs);
      waiting.setSpan(spanMs);
    },
    isHolding: () => waiting !== undefined,
    release() {
      const stretches = waiting?.empty(Date.now()) ?? [];
      waiting = undefined;
      for (const stretch of stretches) {
        listener.began(stretch.sinceMs);
        for (const json of stretch.events) push(json, utf8Size(json));
        markers.push(...stretch.markers);
      }
      if (markers.length > 0) cut('marker');
    },
    held: () => waiting?.count() ?? 0,
    discard(reason) {
      clearTimers();
      const lost = events.length + (waiting?.count() ?? 0);
      waiting?.empty(Date.now());
      events = [];
      markers = [];
      bytes = 0;
      const { dropped } = counters;
      counters = noCounts();
      if (!reason) return;
      counters.dropped = dropped;
      if (lost > 0) countReduced(reason, lost);
    },
  };
}
