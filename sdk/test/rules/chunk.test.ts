import { expect, test } from 'vitest';
import { chunkBody, splitChunk, withoutEvents } from '../../src/domain/chunks/chunk';
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
  const halves = splitChunk(aChunk(['1', '2', '3', '4', '5']), () => 9);
  expect(halves?.map((half) => half.seq)).toEqual([4, 9]);
  expect(halves?.flatMap((half) => half.events)).toEqual(['1', '2', '3', '4', '5']);
  expect(halves?.[1].counters.throttled).toBe(0);
});

test.each([[['x'.repeat(1000), '2', '3']], [['1', '2', 'x'.repeat(1000)]], [['1', '2']]])(
  'a split never leaves a half empty',
  (events) => {
    const halves = splitChunk(aChunk(events), () => 9);
    expect(halves?.every((half) => half.events.length > 0)).toBe(true);
  },
);

test('one event cannot be split; it becomes a notice, once', () => {
  const chunk = aChunk(['x'.repeat(50)]);
  expect(splitChunk(chunk, () => 9)).toBeUndefined();
  const notice = withoutEvents(chunk, 7);
  expect(notice?.seq).toBe(4);
  expect(JSON.parse(notice?.events[0] ?? '')).toEqual({
    type: 5,
    timestamp: 7,
    data: {
      tag: 'rs.custom',
      payload: { name: 'retrospec.dropped', payload: { reason: 'oversize', bytes: 50 } },
    },
  });
  expect(notice && withoutEvents(notice, 8)).toBeUndefined();
});
