import { expect, test } from 'vitest';
import { createMemoryStorage } from '../../src/browser/storage';
import { errorFacts, errorLabel } from '../../src/domain/markers/error-facts';
import { failedRequestSighting } from '../../src/domain/markers/failed-requests';
import { MAX_SAME_MARKERS, SAME_MARKER_WINDOW_MS } from '../../src/domain/markers/limits';
import { maskedSighting } from '../../src/domain/markers/masked-sighting';
import { createMarkerBudget } from '../../src/domain/markers/marker-budget';
import { createRageDetector } from '../../src/domain/markers/rage-clicks';
import { reportedSighting } from '../../src/domain/markers/reported-errors';
import { noteLoad } from '../../src/domain/markers/reload-loop';
import type { ObservedRequest } from '../../src/browser/observed-request';
import { DEFAULT_RULES } from '../../src/domain/session/rules';

function aRequest(part: Partial<ObservedRequest>): ObservedRequest {
  return {
    via: 'fetch',
    method: 'GET',
    url: '/api/cart?user=7',
    status: 200,
    startedAt: 0,
    durationMs: 3,
    facts: {},
    outcome: 'answered',
    ...part,
  };
}

test('only errors of the server or the network are markers', () => {
  expect(failedRequestSighting(aRequest({ status: 399 }))).toBeUndefined();
  expect(failedRequestSighting(aRequest({ outcome: 'aborted', status: 0 }))).toBeUndefined();
  expect(failedRequestSighting(aRequest({ status: 404 }))).toMatchObject({
    subkind: 'http_status',
    label: 'GET /api/cart 404',
    request: { url: '/api/cart?user=_' },
  });
  expect(failedRequestSighting(aRequest({ outcome: 'failed', status: 0 }))?.subkind).toBe(
    'network_failure',
  );
});

test('anything thrown has a type and a message', () => {
  expect(errorLabel(errorFacts(new TypeError('x is null')))).toBe('TypeError: x is null');
  expect(errorLabel(errorFacts('plain text'))).toBe('string: plain text');
  expect(errorLabel(errorFacts(undefined))).toBe('undefined: undefined');
  expect(errorLabel(errorFacts({ code: 7 }))).toBe('object: {"code":7}');
});

test('an error tells what led to it, five links deep', () => {
  const root = new RangeError('no price');
  const error = new Error('could not pay', { cause: new TypeError('no cart', { cause: root }) });
  const { cause = '' } = errorFacts(error);

  expect(cause.match(/^Caused by: .*/gm)).toEqual([
    'Caused by: TypeError: no cart',
    'Caused by: RangeError: no price',
  ]);
  expect(cause).toContain('markers.test.ts');
  expect(errorFacts(root)).not.toHaveProperty('cause');
  const gecko = { name: 'TypeError', message: 'no cart', stack: 'pay@https://a.test/b.js:1:2' };
  expect(errorFacts({ name: 'E', message: 'x', cause: gecko }).cause).toBe(
    'Caused by: TypeError: no cart\npay@https://a.test/b.js:1:2\n',
  );
  const cycle: { message: string; cause?: unknown } = { message: 'x' };
  cycle.cause = cycle;
  expect(errorFacts(cycle).cause?.match(/Caused by/g)).toHaveLength(5);
});

test('of errors that came together the first tells what led to it', () => {
  const error = new AggregateError([new TypeError('no cart'), new Error('late')], 'all failed');

  expect(errorFacts(error).cause).toContain('Caused by: TypeError: no cart');
});

test('a page groups what it reports by a fingerprint of its own', () => {
  const sighting = reportedSighting(new Error('x'), { fingerprint: ['{{ default }}', 7], a: 1 });

  expect(sighting.fingerprint).toEqual(['{{ default }}', '7']);
  expect(sighting.evidence).toBe('{"a":1}');
  expect(reportedSighting(new Error('x'), { fingerprint: 'pay' })).toMatchObject({
    fingerprint: ['pay'],
  });
  expect(reportedSighting(new Error('x'), { fingerprint: 'pay' })).not.toHaveProperty('evidence');
  expect(reportedSighting(new Error('x'))).not.toHaveProperty('fingerprint');
});

test('what led to an error is masked like its message', () => {
  const told = maskedSighting({
    kind: 'js_exception',
    subkind: 'uncaught',
    label: 'x',
    error: errorFacts(new Error('x', { cause: new Error('card 4111 1111 1111 1111') })),
  });

  expect(JSON.stringify(told)).not.toContain('4111');
});

test('an error tells which builds the scripts in its stack are of', () => {
  const id = '85314830-023f-4cf1-a267-535f4e37bb17';
  const told = (stack: string, registered: Record<string, string>) => {
    Object.assign(globalThis, { _retrospecDebugIds: registered });
    try {
      return errorFacts({ name: 'E', message: 'x', stack }).debugIds;
    } finally {
      Object.assign(globalThis, { _retrospecDebugIds: undefined });
    }
  };
  const v8 = 'Error\n    at https://a.test/app.js?v=7:1:93\n    at https://a.test/app.js?v=7:1:200';
  const gecko = '@https://a.test/b.js:1:93\n@https://a.test/b.js:1:200\n';
  const all = { [v8]: id, [gecko]: id, 'no stack': id };

  expect(told('E: x\n    at f (https://a.test/app.js?v=7:1:2000)', all)).toEqual({
    'https://a.test/app.js?v=_': id,
  });
  expect(told('f@https://a.test/b.js:3:1\n', all)).toEqual({ 'https://a.test/b.js': id });
  expect(told('E: x\n    at f (https://a.test/c.js:1:2)', all)).toBeUndefined();
  expect(told('f@https://a.test/b.js:3:1\n', { [gecko]: 'latest' })).toBeUndefined();
});

test('three clicks on one spot within a second are rage, told once per burst', () => {
  const isRage = createRageDetector(() => DEFAULT_RULES.rage);
  const click = (atMs: number, x = 0) => isRage({ x, y: 0, atMs, target: 'button' });
  expect([click(0), click(300), click(600), click(900)]).toEqual([false, false, true, false]);
  expect([click(5_000), click(5_100), click(5_200)]).toEqual([false, false, true]);
});

test('slow, distant or different clicks are no rage', () => {
  const slow = createRageDetector(() => DEFAULT_RULES.rage);
  expect([0, 800, 1_600].map((atMs) => slow({ x: 0, y: 0, atMs, target: 1 }))).not.toContain(true);
  const far = createRageDetector(() => DEFAULT_RULES.rage);
  expect([0, 40, 80].map((x) => far({ x, y: 0, atMs: x, target: 1 }))).not.toContain(true);
  const other = createRageDetector(() => DEFAULT_RULES.rage);
  expect([1, 2, 3].map((target) => other({ x: 0, y: 0, atMs: target, target }))).not.toContain(
    true,
  );
});

test('the third load within fifteen seconds is a loop, told once', () => {
  const storage = createMemoryStorage();
  const verdicts = [0, 2_000, 4_000, 6_000].map((atMs) =>
    noteLoad(storage, 'http://s/a?x=1', atMs),
  );
  expect(verdicts.map((it) => it?.subkind)).toEqual([
    undefined,
    undefined,
    'reload_loop',
    undefined,
  ]);
});

test('loads of other pages or long ago are no loop', () => {
  const storage = createMemoryStorage();
  expect(['/a', '/b', '/a'].map((path, index) => noteLoad(storage, path, index))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([20_000, 40_000, 60_000].map((atMs) => noteLoad(storage, '/c', atMs))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the same failure in a loop is told five times a minute', () => {
  let now = 0;
  const admits = createMarkerBudget(() => now);
  const sighting = { kind: 'js_exception', subkind: 'uncaught', label: 'boom' } as const;
  const first = Array.from({ length: 10 }, () => admits(sighting));
  expect(first.filter(Boolean)).toHaveLength(MAX_SAME_MARKERS);
  expect(admits({ ...sighting, label: 'another' })).toBe(true);
  now += SAME_MARKER_WINDOW_MS + 1;
  expect(admits(sighting)).toBe(true);
});
