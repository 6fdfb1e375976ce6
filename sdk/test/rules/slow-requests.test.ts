import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ObservedRequest } from '../../src/browser/observed-request';
import type { Sighting } from '../../src/domain/markers/marker';
import { createSlowRequests } from '../../src/domain/markers/slow-requests';

let told: Sighting[] = [];
let slow: ReturnType<typeof createSlowRequests>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  slow = createSlowRequests(
    () => 10_000,
    (sighting) => told.push(sighting),
  );
});
afterEach(() => {
  slow.stop();
  vi.useRealTimers();
});

function request(part: Partial<ObservedRequest>): ObservedRequest {
  return {
    via: 'xhr',
    method: 'GET',
    url: '/api/report?year=1',
    status: 200,
    startedAt: 0,
    durationMs: 12_000,
    outcome: 'answered',
    facts: { correlationId: 'c-1' },
    ...part,
  };
}

test('an answer that took longer than the rules allow is told', () => {
  slow.onEnd(request({}));
  vi.advanceTimersByTime(2_000);
  expect(told).toMatchObject([
    {
      kind: 'api_error',
      subkind: 'slow_request',
      label: 'GET /api/report slow',
      evidence: '12000 ms',
      request: { url: '/api/report?year=_', correlationId: 'c-1' },
    },
  ]);
});

test('quick, failed and aborted ones are not', () => {
  slow.onEnd(request({ durationMs: 9_999 }));
  slow.onEnd(request({ url: '/b', status: 504 }));
  slow.onEnd(request({ url: '/c', outcome: 'aborted' }));
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual([]);
});

test('a page that asks again at once is polling, then and later', () => {
  slow.onEnd(request({}));
  slow.onStart(request({ url: '/api/report?since=9' }));
  vi.advanceTimersByTime(2_000);
  slow.onEnd(request({}));
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual([]);
});
