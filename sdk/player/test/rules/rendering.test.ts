import { EventType, type eventWithTime } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import { isSeen, presses, stepwise } from '../../src/rendering/events';

const event = (type: EventType, timestamp: number, data: unknown): eventWithTime =>
  Object.assign({} as eventWithTime, { type, timestamp, data });

const trail = (timestamp: number, ...offsets: number[]): eventWithTime =>
  event(EventType.IncrementalSnapshot, timestamp, {
    source: 1,
    positions: offsets.map((timeOffset, n) => ({ x: n, y: n, id: 1, timeOffset })),
  });

describe('a recording that is shown moment by moment', () => {
  it('has each point of a trail at its own time', () => {
    const change = event(EventType.IncrementalSnapshot, 780, { source: 0 });
    const steps = stepwise([change, trail(1_000, -400, -200, 0)]);
    expect(steps.map(({ timestamp }) => timestamp)).toEqual([600, 780, 800, 1_000]);
    expect(steps[0]?.data).toEqual({
      source: 1,
      positions: [{ x: 0, y: 0, id: 1, timeOffset: 0 }],
    });
  });

  it('keeps the order of what happened at once, and forgets points without a time', () => {
    const first = event(EventType.Meta, 5, { n: 1 });
    const second = event(EventType.FullSnapshot, 5, { n: 2 });
    expect(stepwise([first, second, trail(9, Number.NaN)])).toEqual([first, second]);
  });

  it('knows where the visitor pressed', () => {
    const click = event(EventType.IncrementalSnapshot, 7, { source: 2, type: 2, x: 3, y: 4 });
    const focus = event(EventType.IncrementalSnapshot, 8, { source: 2, type: 5, x: 3, y: 4 });
    const nowhere = event(EventType.IncrementalSnapshot, 9, { source: 2, type: 2 });
    expect(presses([click, focus, nowhere])).toEqual([{ timestamp: 7, x: 3, y: 4 }]);
  });

  it('draws nothing for what nobody sees', () => {
    expect([event(EventType.Custom, 1, {}), event(EventType.Plugin, 1, {})].some(isSeen)).toBe(
      false,
    );
    expect(
      [
        event(EventType.FullSnapshot, 1, {}),
        event(EventType.IncrementalSnapshot, 1, {}),
        event(EventType.Meta, 1, {}),
      ].every(isSeen),
    ).toBe(true);
  });
});
