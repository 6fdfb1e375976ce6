import { beforeEach, expect, test } from 'vitest';
import type { ObservedRequest } from '../../src/browser/observed-request';
import type { PageClick } from '../../src/domain/markers/clicks';
import { createErrorClicks, type ErrorClicks } from '../../src/domain/markers/error-clicks';
import { failedRequestSighting } from '../../src/domain/markers/failed-requests';
import type { Sighting } from '../../src/domain/markers/marker';

let now = 0;
let clicks: ErrorClicks;

beforeEach(() => {
  now = 0;
  clicks = createErrorClicks(
    () => now,
    () => undefined,
  );
});

const BOOM: Sighting = { kind: 'js_exception', subkind: 'uncaught', label: 'TypeError: boom' };

function click(): void {
  clicks.onClick({
    element: { closest: () => null } as never,
    selector: 'button#pay',
    label: 'Pay',
    name: '"Pay"',
    event: {} as MouseEvent,
    atMs: now,
  } satisfies PageClick);
}

/** Whether the failure is the click's. */
function isErrorClick(sighting: Sighting): boolean {
  return clicks.explain(sighting).subkind === 'error_click';
}

/** The failed request's marker, explained. */
function fail(startedAt: number): Sighting | undefined {
  const request: ObservedRequest = {
    via: 'fetch',
    method: 'GET',
    url: '/api/pay',
    status: 500,
    startedAt,
    durationMs: now - startedAt,
    outcome: 'answered',
    facts: {},
  };
  clicks.onRequest(request);
  const sighting = failedRequestSighting(request);
  return sighting && clicks.explain(sighting, request);
}

test('an exception within a second of a click is called by the click', () => {
  click();
  now = 400;
  expect(clicks.explain(BOOM)).toEqual({
    kind: 'js_exception',
    subkind: 'error_click',
    label: 'TypeError: boom',
    element: { selector: 'button#pay', text: 'Pay' },
  });
});

test('a failure with a finer word keeps it, and says which click caused it', () => {
  click();
  const expired: Sighting = { kind: 'api_error', subkind: 'view_expired', label: 'expired' };
  expect(clicks.explain(expired)).toMatchObject({
    subkind: 'view_expired',
    element: { selector: 'button#pay' },
  });
});

test('a request that began after the click and failed within a second is one, too', () => {
  now = 1_000;
  click();
  now = 1_300;
  expect(fail(1_050)).toMatchObject({ label: 'GET /api/pay 500', subkind: 'error_click' });
});

test('a failure without a click, or long after one, is none', () => {
  expect(clicks.explain(BOOM)).toBe(BOOM);
  now = 5_000;
  click();
  now = 6_001;
  expect(isErrorClick({ ...BOOM, label: 'late' })).toBe(false);
});

test('a request that was under way before the click is none', () => {
  now = 1_000;
  click();
  now = 1_200;
  expect(fail(900)).toMatchObject({ subkind: 'http_status' });
});

test('a poll that fails again and again is none, whenever somebody clicks', () => {
  now = 10_000;
  fail(9_900);
  now = 40_000;
  click();
  now = 40_200;
  expect(fail(40_100)).toMatchObject({ subkind: 'http_status' });
  expect(isErrorClick(BOOM)).toBe(true);
});

test('an exception that comes by itself, too, is none', () => {
  clicks.explain(BOOM);
  now = 20_000;
  click();
  expect(isErrorClick(BOOM)).toBe(false);
});

test('console errors, slow requests and failed resources are none', () => {
  click();
  for (const subkind of ['console_error', 'slow_request', 'failed_resource'] as const) {
    const sighting: Sighting = { kind: 'api_error', subkind, label: subkind };
    expect(clicks.explain(sighting)).toBe(sighting);
  }
});
