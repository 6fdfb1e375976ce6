import { expect, test } from 'vitest';
import { backoffDelayMs, retryAfterMs } from '../../src/transport/backoff';
import { createKeepaliveLedger } from '../../src/transport/keepalive-ledger';

test('delays double up to a minute and are shortened by chance up to half', () => {
  const longest = [1, 2, 3, 7, 9].map((tries) => backoffDelayMs(tries, () => 1));
  expect(longest).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  expect(backoffDelayMs(3, () => 0)).toBe(2_000);
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
