import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noCounts } from '../../src/domain/chunks/chunk';
import { createChunkBuilder, type ChunkContent } from '../../src/domain/chunks/chunk-builder';
import { CHUNK_SOFT_BYTES, FLUSH_EVERY_MS } from '../../src/domain/chunks/limits';
import type { Marker } from '../../src/domain/markers/marker';

let cuts: ChunkContent[];
let builder: ReturnType<typeof createChunkBuilder>;

beforeEach(() => {
  vi.useFakeTimers();
  cuts = [];
  builder = createChunkBuilder((content) => cuts.push(content));
});
afterEach(() => void vi.useRealTimers());

function anEvent(length = 10) {
  return { type: 5, data: 'x'.repeat(length), timestamp: 1 };
}

function aMarker(): Marker {
  return {
    id: 'mrk_1',
    kind: 'js_exception',
    subkind: 'uncaught',
    label: 'boom',
    replayOffsetMs: 0,
  };
}

test('cuts by time, counted from the first event and not from the last', () => {
  builder.add(anEvent());
  vi.advanceTimersByTime(FLUSH_EVERY_MS - 1);
  builder.add(anEvent());
  expect(cuts).toHaveLength(0);
  vi.advanceTimersByTime(1);
  expect(cuts.map((cut) => [cut.reason, cut.events.length])).toEqual([['interval', 2]]);
});

test('is silent while nothing happens', () => {
  vi.advanceTimersByTime(10 * FLUSH_EVERY_MS);
  builder.cut('manual');
  expect(cuts).toHaveLength(0);
});

test('cuts before a chunk passes the soft limit, counted in bytes and not in characters', () => {
  const twoBytesEach = { type: 5, data: 'ä'.repeat(CHUNK_SOFT_BYTES / 4), timestamp: 1 };
  builder.add(twoBytesEach);
  builder.add(twoBytesEach);
  expect(cuts.map((cut) => [cut.reason, cut.events.length])).toEqual([['size', 1]]);
});

test('an event beyond the limit travels alone', () => {
  builder.add(anEvent());
  builder.add(anEvent(CHUNK_SOFT_BYTES * 2));
  builder.add(anEvent());
  expect(cuts.map((cut) => cut.events.length)).toEqual([1, 1]);
});

test('a marker cuts at the end of the task, with what belongs to it', () => {
  builder.add(anEvent());
  builder.addMarker(aMarker());
  builder.add(anEvent());
  vi.advanceTimersByTime(0);
  expect(cuts.map((cut) => [cut.reason, cut.events.length, cut.markers.length])).toEqual([
    ['marker', 2, 1],
  ]);
});

test('held, nothing is cut; released, a waiting marker goes first', () => {
  builder.hold();
  builder.add(anEvent());
  builder.addMarker(aMarker());
  builder.cut('pagehide');
  vi.advanceTimersByTime(FLUSH_EVERY_MS);
  expect(cuts).toHaveLength(0);
  builder.release();
  expect(cuts.map((cut) => cut.reason)).toEqual(['marker']);
});

test('counters travel once, with the next chunk', () => {
  builder.countDropped('queue_full', 3);
  builder.countThrottled();
  builder.countReduced('mouse', 4);
  builder.countReduced('mouse', 1);
  builder.countMasked(2);
  builder.countMaskable(9);
  builder.countClockJump();
  builder.add(anEvent());
  builder.cut('manual');
  builder.add(anEvent());
  builder.cut('manual');
  expect(cuts[0]?.counters).toEqual({
    dropped: { queue_full: 3 },
    throttled: 1,
    reduced: { mouse: 5 },
    masked: 2,
    maskable: 9,
    assetsMissing: 0,
    clockJumps: 1,
  });
  expect(cuts[1]?.counters).toEqual(noCounts());
});

test('discarded events never come', () => {
  builder.add(anEvent());
  builder.addMarker(aMarker());
  builder.discard();
  vi.advanceTimersByTime(FLUSH_EVERY_MS);
  builder.cut('manual');
  expect(cuts).toHaveLength(0);
});
