import { expect, test } from 'vitest';
import { backoffDelayMs, retryAfterMs } from '../../src/transport/backoff';
import { createKeepaliveLedger } from '../../src/transport/keepalive-ledger';

test('delays double up to half an hour and are shortened by chance up to half', () => {
  const longest = [1, 2, 3, 10, 12].map((tries) => backoffDelayMs(tries, () => 1));
  expect(longest).toEqual([3_000, 6_000, 12_000, 1_536_000, 1_800_000]);
  expect(backoffDelayMs(3, () => 0)).toBe(6_000);
});

test('Retry-After is read as seconds and as a date, and bounded', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('5', now)).toBe(5_000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:10 GMT', now)).toBe(10_000);
  expect(retryAfterMs('99999999', now)).toBe(600_000);
  expect(retryAfterMs('soon', now)).toBeUndefined();
  expect(retryAfterMs(null, now)).toBeUndefined();
});

test('the ledger books no more than its budget and gives back only once', () => {
  const ledger = createKeepaliveLedger(100);
  const giveBack = ledger.reserve(70);
  expect(ledger.reserve(31)).toBeUndefined();
  giveBack?.();
  giveBack?.();
  expect(ledger.free()).toBe(100);
});
