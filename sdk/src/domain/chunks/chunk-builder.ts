import { utf8Size } from '../../tools/json-bytes';
import type { Marker } from '../markers/marker';
import type { RecordedEvent } from '../recording/events';
import {
  noCounts,
  type Chunk,
  type DropReason,
  type FlushReason,
  type ReduceReason,
} from './chunk';
import { CHUNK_SOFT_BYTES, EVENT_HARD_BYTES, FLUSH_EVERY_MS, QUEUE_MAX_BYTES } from './limits';

/** What a cut takes out; the session adds number and facts. */
export type ChunkContent = Pick<Chunk, 'reason' | 'events' | 'markers' | 'counters'>;

export interface ChunkBuilder {
  add(event: RecordedEvent): void;
  addMarker(marker: Marker): void;
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
  /** While held, events gather but none is cut: until the rules are known. */
  hold(): void;
  release(): void;
  /** Forgets all that was not cut yet. */
  discard(): void;
}

/** Gathers events and cuts them into chunks: by time, by bytes, and at once on a marker. */
export function createChunkBuilder(onChunk: (content: ChunkContent) => void): ChunkBuilder {
  let events: string[] = [];
  let bytes = 0;
  let markers: Marker[] = [];
  let counters = noCounts();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let markerTimer: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  function clearTimers(): void {
    clearTimeout(timer);
    clearTimeout(markerTimer);
    timer = markerTimer = undefined;
  }

  function schedule(): void {
    if (held) return;
    timer ??= setTimeout(() => cut('interval'), FLUSH_EVERY_MS);
  }

  function cut(reason: FlushReason): void {
    if (held) return;
    clearTimers();
    if (events.length === 0 && markers.length === 0) return;
    const content = { reason, events, markers, counters };
    events = [];
    markers = [];
    counters = noCounts();
    bytes = 0;
    onChunk(content);
  }

  function countDropped(reason: DropReason, count: number): void {
    counters.dropped[reason] = (counters.dropped[reason] ?? 0) + count;
  }

  return {
    cut,
    countDropped,
    countThrottled: () => void counters.throttled++,
    countReduced: (reason, count) =>
      void (counters.reduced[reason] = (counters.reduced[reason] ?? 0) + count),
    countAssetMissing: () => void counters.assetsMissing++,
    countMasked: (values) => void (counters.masked += values),
    countMaskable: (values) => void (counters.maskable += values),
    countClockJump: () => void counters.clockJumps++,
    add(event) {
      const json = JSON.stringify(event);
      const size = utf8Size(json);
      if (size > EVENT_HARD_BYTES) {
        countDropped('oversize', 1);
        return;
      }
      if (held && bytes + size > QUEUE_MAX_BYTES) {
        countDropped('held_too_long', 1);
        return;
      }
      // Cut before, not after: a chunk stays below the limit unless one event alone is above it.
      if (bytes > 0 && bytes + size > CHUNK_SOFT_BYTES) cut('size');
      events.push(json);
      bytes += size;
      schedule();
    },
    addMarker(marker) {
      markers.push(marker);
      // After the current task, so that what one failure causes together travels together.
      if (!held) markerTimer ??= setTimeout(() => cut('marker'), 0);
    },
    hold() {
      held = true;
      clearTimers();
    },
    release() {
      held = false;
      if (markers.length > 0) cut('marker');
      else if (bytes > CHUNK_SOFT_BYTES) cut('size');
      else if (events.length > 0) schedule();
    },
    discard() {
      clearTimers();
      events = [];
      markers = [];
      bytes = 0;
      counters = noCounts();
    },
  };
}
