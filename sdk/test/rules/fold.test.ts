import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/domain/recording/events';
import { fold } from '../../src/domain/recording/fold';
import { unfold } from '../chromium/unfold';

function folded(event: RecordedEvent): string {
  fold(event);
  return JSON.stringify(event.data);
}

const list = () => ({
  id: 20,
  type: 2,
  tagName: 'ul',
  attributes: {},
  childNodes: [
    { id: 21, type: 2, tagName: 'li', attributes: {}, childNodes: [] },
    { id: 4, type: 2, tagName: 'li', attributes: {}, childNodes: [] },
    { id: 5, type: 3, textContent: 'last' },
  ],
});

test('only the first node, and what was numbered before, tell their numbers', () => {
  const text = folded({ type: 2, timestamp: 1, data: { node: list() } });

  expect(text.match(/"id":\d+/g)).toEqual(['"id":20', '"id":4']);
});

test('what is folded unfolds to what it was', () => {
  const data = { source: 0, adds: [{ parentId: 1, nextId: null, node: list() }] };
  const text = folded({ type: 3, timestamp: 1, data: structuredClone(data) });

  const [event] = unfold([{ data: JSON.parse(text) as { adds: { node: { id: number } }[] } }]);
  expect(event?.data.adds.map(({ node }) => node.id)).toEqual([20, 21, 4, 5]);
});

test('children stand last, also where rrweb writes something behind them', () => {
  const host = { ...list(), isShadowHost: true };
  const data = { source: 0, adds: [{ parentId: 1, nextId: null, node: host }] };

  expect(folded({ type: 3, timestamp: 1, data })).toMatch(
    /"isShadowHost":true,"childNodes":\[.*\]\}\}\]\}$/,
  );
});

test('rules that are added to a style sheet are left as they are', () => {
  const data = { source: 8, adds: [{ rule: 'a{}', index: 0 }] };

  expect(folded({ type: 3, timestamp: 1, data })).toBe(JSON.stringify(data));
});
