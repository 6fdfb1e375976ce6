import { describe, expect, it } from 'vitest';
import { brief, clock, lasting, preciseClock, share, spoken, words } from '../../src/format';

describe('times', () => {
  it('are written as a clock', () => {
    expect(clock(0)).toBe('0:00');
    expect(clock(42_999)).toBe('0:42');
    expect(clock(730_000)).toBe('12:10');
    expect(clock(3_723_000)).toBe('1:02:03');
    expect(clock(-5)).toBe('0:00');
  });

  it('carry tenths where rows follow each other closely', () => {
    expect(preciseClock(42_349)).toBe('0:42.3');
  });

  it('are spoken in words and leave out what is zero', () => {
    expect(spoken(72_000)).toBe('1 minute 12 seconds');
    expect(spoken(3_600_000)).toBe('1 hour');
    expect(spoken(1_000)).toBe('1 second');
    expect(spoken(0)).toBe('0 seconds');
  });

  it('say how long something lasted', () => {
    expect(lasting(340)).toBe('340 ms');
    expect(lasting(1_240)).toBe('1.2 s');
    expect(lasting(3_000)).toBe('3 s');
    expect(lasting(12_000)).toBe('12 s');
    expect(lasting(200_000)).toBe('3 min 20 s');
    expect(lasting(3_900_000)).toBe('1 h 5 min');
  });
});

describe('texts', () => {
  it('are cut for a label and keep to one line', () => {
    expect(brief('a\n  b')).toBe('a b');
    expect(brief('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('turn codes into words and probabilities into percent', () => {
    expect(words('upload_failed')).toBe('upload failed');
    expect(share(0.834)).toBe('83 %');
    expect(share(7)).toBe('100 %');
  });
});
