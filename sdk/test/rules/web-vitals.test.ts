import { expect, test } from 'vitest';
import { createShiftScore, createSlowestInteraction, rate } from '../../src/browser/web-vitals';

test('values are rated by limits that include themselves', () => {
  expect([2_500, 2_501, 4_000, 4_001].map((value) => rate('LCP', value))).toEqual([
    'good',
    'needs-improvement',
    'needs-improvement',
    'poor',
  ]);
  expect(rate('CLS', 0.1)).toBe('good');
  expect(rate('INP', 501)).toBe('poor');
});

test('shifts of one stretch add up, and the worst stretch counts', () => {
  const score = createShiftScore();
  expect(score({ value: 0.1, startTime: 0 })).toBeCloseTo(0.1);
  expect(score({ value: 0.1, startTime: 900 })).toBeCloseTo(0.2);
  expect(score({ value: 0.05, startTime: 3_000 })).toBeCloseTo(0.2);
  expect(score({ value: 0.3, startTime: 9_000 })).toBeCloseTo(0.3);
});

test('a stretch of shifts ends after five seconds', () => {
  const score = createShiftScore();
  let last = 0;
  for (let at = 0; at <= 9_000; at += 900) last = score({ value: 0.1, startTime: at });
  expect(last).toBeCloseTo(0.6);
});

test('the slowest interaction counts; of a hundred the two slowest are left out', () => {
  const few = createSlowestInteraction();
  expect(few.value(0)).toBeUndefined();
  few.add(1, 50);
  few.add(2, 300);
  few.add(2, 80);
  expect(few.value(2)).toBe(300);
  const many = createSlowestInteraction();
  for (let id = 1; id <= 100; id++) many.add(id, id);
  expect(many.value(100)).toBe(98);
});
