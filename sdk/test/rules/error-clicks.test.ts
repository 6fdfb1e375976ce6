import { beforeEach, expect, test } from 'vitest';
import type { ObservedRequest } from '../../src/browser/observed-request';
import type { PageClick } from '../../src/domain/markers/clicks';
import { createErrorClicks, type ErrorClicks } from '../../src/domain/markers/error-clicks';
import { failedRequestSighting } from '../../src/domain/markers/failed-requests';
import type { Sighting } from '../../src/domain/markers/marker';

let now = 0;
let told: Sighting[] = [];
let clicks: ErrorClicks;

beforeEach(() => {
  now = 0;
  told = [];
  clicks = createErrorClicks(
    () => now,
    (sighting) => told.push(sighting),
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

function fail(startedAt: number): void {
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
  if (sighting) clicks.onFailure(sighting, request);
}

test('an exception within a second of a click is an error click, told once', () => {
  click();
  now = 400;
  clicks.onFailure(BOOM);
  clicks.onFailure({ ...BOOM, label: 'another' });
  expect(told).toMatchObject([
    {
      kind: 'ui_no_effect',
      subkind: 'error_click',
      label: 'Error click on "Pay"',
      evidence: 'TypeError: boom',
      element: { selector: 'button#pay', text: 'Pay' },
    },
  ]);
});

test('a request that began after the click and failed within a second is one, too', () => {
  now = 1_000;
  click();
  now = 1_300;
  fail(1_050);
  expect(told.map((it) => it.evidence)).toEqual(['GET /api/pay 500']);
});

test('a failure without a click, or long after one, is none', () => {
  clicks.onFailure(BOOM);
  now = 5_000;
  click();
  now = 6_001;
  clicks.onFailure({ ...BOOM, label: 'late' });
  expect(told).toEqual([]);
});

test('a request that was under way before the click is none', () => {
  now = 1_000;
  click();
  now = 1_200;
  fail(900);
  expect(told).toEqual([]);
});

test('a poll that fails again and again is none, whenever somebody clicks', () => {
  now = 10_000;
  fail(9_900);
  now = 40_000;
  click();
  now = 40_200;
  fail(40_100);
  clicks.onFailure(BOOM);
  expect(told.map((it) => it.evidence)).toEqual(['TypeError: boom']);
});

test('an exception that comes by itself, too, is none', () => {
  clicks.onFailure(BOOM);
  now = 20_000;
  click();
  clicks.onFailure(BOOM);
  expect(told).toEqual([]);
});

test('console errors, slow requests and failed resources are none', () => {
  click();
  for (const subkind of ['console_error', 'slow_request', 'failed_resource'] as const) {
    clicks.onFailure({ kind: 'api_error', subkind, label: subkind });
  }
  expect(told).toEqual([]);
});
