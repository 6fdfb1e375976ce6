import type { SeenMarker } from '../markers/marker';
import { EventType, type RecordedEvent } from '../recording/events';
import { QUEUE_MAX_BYTES } from './limits';

/** From the moment when a picture is wanted to the one when it is there, more may wait. */
const MOST_BYTES = 2 * QUEUE_MAX_BYTES;

/** Events from one whole picture to the next: a replay can begin with the first of them. */
interface Stretch {
  sinceMs: number;
  events: string[];
  /** Of the whole picture that it begins with. */
  pictureBytes: number;
  /** Of all that came after it. */
  bytes: number;
  markers: SeenMarker[];
}

function emptyStretch(sinceMs: number): Stretch {
  return { sinceMs, events: [], pictureBytes: 0, bytes: 0, markers: [] };
}

/** What waits in it may leave later, or never. */
export interface WaitingRoom {
  /** From now on at least the last so many milliseconds are kept; `Infinity` keeps all. */
  setSpan(spanMs: number): void;
  /** False when there is no room for it. */
  add(event: RecordedEvent, json: string, bytes: number): boolean;
  addMarker(marker: SeenMarker): void;
  /** The latest stretch is so long that another should begin, so that the oldest can go. */
  wantsPicture(nowMs: number): boolean;
  /** Events that wait. */
  count(): number;
  /** Hands out what is kept, in order, and is empty. */
  empty(nowMs: number): Stretch[];
}

/**
 * Keeps stretches that each begin with a whole picture. The oldest goes when the one after it is
 * old enough to cover the span alone; so what is left is always usable, and never too short.
 */
export function createWaitingRoom(initialSpanMs: number): WaitingRoom {
  let spanMs = initialSpanMs;
  let stretches: Stretch[] = [];

  function latest(sinceMs: number): Stretch {
    const last = stretches.at(-1);
    if (last) return last;
    const first = emptyStretch(sinceMs);
    stretches.push(first);
    return first;
  }

  function bytes(): number {
    return stretches.reduce((sum, stretch) => sum + stretch.bytes, 0);
  }

  function allBytes(): number {
    return stretches.reduce((sum, stretch) => sum + stretch.pictureBytes, bytes());
  }

  function prune(nowMs: number): void {
    for (let next = stretches[1]; next; next = stretches[1]) {
      const covered = next.sinceMs <= nowMs - spanMs;
      const full = isBuffer() && (bytes() > QUEUE_MAX_BYTES || allBytes() > MOST_BYTES);
      if (!covered && !full) return;
      stretches.shift();
    }
  }

  function isBuffer(): boolean {
    return Number.isFinite(spanMs);
  }

  function hasRoom(stretch: Stretch, isPicture: boolean, size: number): boolean {
    // Without its picture all that comes after it would be worth nothing.
    if (isPicture) return isBuffer() || stretches.length === 1 || allBytes() + size <= MOST_BYTES;
    return isBuffer() ? stretch.bytes + size <= MOST_BYTES : bytes() + size <= QUEUE_MAX_BYTES;
  }

  return {
    setSpan: (next) => void (spanMs = next),
    add(event, json, size) {
      const { timestamp } = event;
      // Every whole picture is announced by one of these.
      if (event.type === EventType.Meta) stretches.push(emptyStretch(timestamp));
      const stretch = latest(timestamp);
      const isPicture = event.type === EventType.FullSnapshot;
      if (!hasRoom(stretch, isPicture, size)) return false;
      stretch.events.push(json);
      if (isPicture) stretch.pictureBytes += size;
      else stretch.bytes += size;
      prune(timestamp);
      return true;
    },
    addMarker: (marker) => void latest(marker.atMs).markers.push(marker),
    wantsPicture(nowMs) {
      const last = stretches.at(-1);
      if (!last || !isBuffer()) return false;
      return last.sinceMs <= nowMs - spanMs || last.bytes > QUEUE_MAX_BYTES;
    },
    count: () => stretches.reduce((sum, stretch) => sum + stretch.events.length, 0),
    empty(nowMs) {
      prune(nowMs);
      const all = stretches;
      stretches = [];
      return all;
    },
  };
}
