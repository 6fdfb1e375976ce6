import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noCounts } from '../../src/domain/chunks/chunk';
import { createChunkBuilder, type ChunkContent } from '../../src/domain/chunks/chunk-builder';
import {
  CHUNK_SOFT_BYTES,
  EVENT_HARD_BYTES,
  FLUSH_EVERY_MS,
  QUEUE_MAX_BYTES,
} from '../../src/domain/chunks/limits';
import type { SeenMarker } from '../../src/domain/markers/marker';

let cuts: ChunkContent[];
let startedAtMs: number;
let picturesWanted: number;
let builder: ReturnType<typeof createChunkBuilder>;

beforeEach(() => {
  vi.useFakeTimers();
  cuts = [];
  startedAtMs = 0;
  picturesWanted = 0;
  builder = createChunkBuilder({
    onChunk: (content) => cuts.push(content),
    began: (atMs) => (startedAtMs ||= atMs),
    onPictureWanted: () => picturesWanted++,
  });
});
afterEach(() => void vi.useRealTimers());

function anEvent(length = 10) {
  return { type: 5, data: 'x'.repeat(length), timestamp: 1 };
}

function aMarker(): SeenMarker {
  return {
    id: 'mrk_1',
    kind: 'js_exception',
    subkind: 'uncaught',
    label: 'boom',
    atMs: 1,
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
  builder.hold(Infinity);
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

test('events that go because other rules hold are counted, and losses before them stay so', () => {
  builder.countDropped('queue_full', 3);
  builder.add(anEvent());
  builder.hold(60_000);
  builder.add(anEvent());
  builder.add(anEvent());
  builder.discard('other_rules');
  builder.release();
  builder.add(anEvent());
  builder.cut('manual');
  expect(cuts.at(-1)?.counters).toMatchObject({ reduced: { other_rules: 2 } });
  expect(cuts[0]?.counters.dropped).toEqual({ queue_full: 3 });
});

test('what is no JSON is counted and stops nothing', () => {
  const circle: Record<string, unknown> = {};
  circle.circle = circle;
  builder.add({ type: 5, data: circle, timestamp: 1 });
  builder.add(anEvent());
  builder.cut('manual');
  expect(cuts[0]?.counters.dropped).toEqual({ not_json: 1 });
});

test('discarded events never come', () => {
  builder.add(anEvent());
  builder.addMarker(aMarker());
  builder.discard();
  vi.advanceTimersByTime(FLUSH_EVERY_MS);
  builder.cut('manual');
  expect(cuts).toHaveLength(0);
});

/** One minute of a page: a whole picture, then something that happens each ten seconds. */
function playMinute(minute: number): void {
  const startMs = minute * 60_000;
  builder.add({ type: 4, data: `picture ${minute}`, timestamp: startMs });
  builder.add({ type: 2, data: '', timestamp: startMs });
  for (let at = startMs + 10_000; at < startMs + 60_000; at += 10_000) {
    builder.add({ type: 3, data: `at ${at / 1_000} s`, timestamp: at });
  }
}

test('of what may never be sent at least the last minute is kept, from a whole picture on', () => {
  builder.hold(60_000);
  for (let minute = 1; minute <= 10; minute++) playMinute(minute);
  vi.setSystemTime(11 * 60_000 - 5_000);
  builder.addMarker({ ...aMarker(), atMs: 11 * 60_000 - 5_000 });
  expect(cuts).toEqual([]);
  builder.release();
  const events = cuts.flatMap((cut) =>
    cut.events.map((json) => JSON.parse(json) as { data: string }),
  );
  expect(events[0]?.data).toBe('picture 9');
  expect(events.at(-1)?.data).toBe('at 650 s');
  // The session begins with what is sent, and so does the time of its markers.
  expect(startedAtMs).toBe(9 * 60_000);
  expect(cuts.at(-1)?.markers[0]?.replayOffsetMs).toBe(2 * 60_000 - 5_000);
});

test('a picture is wanted when the latest is a minute old, so that the oldest can go', () => {
  builder.hold(60_000);
  playMinute(1);
  expect(picturesWanted).toBe(0);
  builder.add({ type: 3, data: 'late', timestamp: 2 * 60_000 });
  expect(picturesWanted).toBe(1);
});

test('what waits stays within its bounds, and the latest is what is kept', () => {
  builder.hold(60_000);
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let second = 1; second <= 15; second++) {
    const timestamp = second * 1_000;
    // The page answers the wish for a picture.
    if (picturesWanted > 0) builder.add({ type: 4, data: `picture ${second}`, timestamp });
    picturesWanted = 0;
    builder.add({ type: 3, data: megabyte, timestamp });
  }
  vi.setSystemTime(16_000);
  builder.release();
  builder.cut('manual');
  const events = cuts.flatMap((cut) => cut.events);
  expect(events.join('').length).toBeLessThan(9 * 1024 * 1024);
  expect(events[0]).toContain('"type":4');
  expect(cuts.map((cut) => cut.counters.dropped)).not.toContainEqual({ held_too_long: 1 });
});

test('on hold again, what was before is cut and nothing after it', () => {
  builder.add(anEvent());
  builder.hold(60_000);
  builder.add(anEvent());
  vi.advanceTimersByTime(FLUSH_EVERY_MS);
  expect(cuts.map((cut) => [cut.reason, cut.events.length])).toEqual([['hold', 1]]);
});

test('an event beyond all limits is lost, and said so in its place', () => {
  builder.add(anEvent(EVENT_HARD_BYTES));
  builder.cut('manual');
  expect(cuts[0]?.events.join()).toContain('"retrospec.dropped"');
  expect(cuts[0]?.counters.dropped).toEqual({ oversize: 1 });
});

test('a page whose picture is larger than all that may wait is still recorded from its last one on', () => {
  builder.hold(60_000);
  const picture = 'x'.repeat(QUEUE_MAX_BYTES + 1_000_000);
  for (let second = 1; second <= 4; second++) {
    const timestamp = second * 30_000;
    // As a page answers the wish for a picture; without one it takes one now and then.
    builder.add({ type: 4, data: `picture ${second}`, timestamp });
    builder.add({ type: 2, data: picture, timestamp });
    builder.add({ type: 3, data: `change ${second}`, timestamp: timestamp + 1 });
    expect(picturesWanted).toBe(0);
  }
  vi.setSystemTime(121_000);
  builder.release();
  builder.cut('manual');
  const events = cuts.flatMap((cut) => cut.events);
  expect(events.map((json) => (JSON.parse(json) as { type: number }).type)).toEqual([4, 2, 3]);
  expect(events[2]).toContain('change 4');
  expect(cuts.map((cut) => cut.counters.dropped)).toEqual(cuts.map(() => ({})));
});
