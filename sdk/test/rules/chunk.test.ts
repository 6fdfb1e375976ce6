import { expect, test } from 'vitest';
import { chunkBody } from '../../src/domain/chunks/chunk';
import { cutChunk } from '../../src/domain/chunks/cut-chunk';
import { aChunk } from './fixtures';

test('the body is JSON of the contract', () => {
  const body = JSON.parse(chunkBody(aChunk(['{"type":2}', '{"type":3}']))) as Record<
    string,
    unknown
  >;
  expect(Object.keys(body)).toEqual([
    'session',
    'windowId',
    'reason',
    'events',
    'markers',
    'counters',
  ]);
  expect(body.events).toEqual([{ type: 2 }, { type: 3 }]);
});

test('a split keeps every event once, in order, and counts nothing twice', () => {
  const { chunks: halves, lost } = cutChunk(aChunk(['1', '2', '3', '4', '5']), () => 9, 7);
  expect(lost).toBeUndefined();
  expect(halves.map((half) => half.seq)).toEqual([4, 9]);
  expect(halves.flatMap((half) => half.events)).toEqual(['1', '2', '3', '4', '5']);
  expect(halves[1]?.counters.throttled).toBe(0);
});

test.each([[['x'.repeat(1000), '2', '3']], [['1', '2', 'x'.repeat(1000)]], [['1', '2']]])(
  'a split never leaves a half empty',
  (events) => {
    const { chunks: halves } = cutChunk(aChunk(events), () => 9, 7);
    expect(halves.every((half) => half.events.length > 0)).toBe(true);
  },
);

test('one event cannot be split; it becomes a notice, once', () => {
  const chunk = aChunk(['x'.repeat(50)]);
  const { chunks, lost } = cutChunk(chunk, () => 9, 7);
  const [notice] = chunks;
  // The notice's own chunk counts it.
  expect([lost, notice?.counters.dropped]).toEqual([0, { oversize: 1 }]);
  expect(notice?.seq).toBe(4);
  expect(JSON.parse(notice?.events[0] ?? '')).toEqual({
    type: 5,
    timestamp: 7,
    data: {
      tag: 'rs.custom',
      payload: { name: 'retrospec.dropped', payload: { reason: 'oversize', bytes: 50 } },
    },
  });
  expect(notice && cutChunk(notice, () => 9, 8)).toEqual({ chunks: [], lost: 1 });
});
