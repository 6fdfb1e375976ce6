import { expect, test } from 'vitest';
import { consoleTexts } from '../../src/domain/recording/console-text';
import { createRateLimit } from '../../src/tools/rate-limit';

test('arguments are told as a person reads them', () => {
  const cycle: Record<string, unknown> = { name: 'cart' };
  cycle.self = cycle;
  expect(
    consoleTexts([
      'text',
      7,
      undefined,
      { sku: 7, nested: { list: [1, 'two', null] } },
      new TypeError('boom'),
      { error: new TypeError('boom') },
      cycle,
      new Map([['a', 1]]),
      new Date(0),
      () => 1,
    ]),
  ).toEqual([
    'text',
    '7',
    'undefined',
    '{"sku":7,"nested":{"list":[1,"two",null]}}',
    'TypeError: boom',
    '{"error":"TypeError: boom"}',
    '{"name":"cart","self":"…"}',
    '[["a",1]]',
    '1970-01-01T00:00:00.000Z',
    'function ()',
  ]);
});

test('a dumped store is cut at 5,000 characters, and never written out as a whole', () => {
  let read = 0;
  const rows = Array.from({ length: 50 }, () => 'x'.repeat(1_000));
  const counting = new Proxy(rows, {
    get(target, name) {
      if (/^\d+$/.test(String(name))) read++;
      return Reflect.get(target, name) as unknown;
    },
  });
  const [text] = consoleTexts([{ counting }]);
  expect(text).toHaveLength(5_000);
  expect(read).toBeLessThan(10);
  expect(consoleTexts([Array.from({ length: 1_000_000 }, (_, n) => n)])[0]?.length).toBeLessThan(
    600,
  );
});

test('a secret-named field of a logged object loses its value', () => {
  expect(consoleTexts([{ user: 1, accessToken: 'canary', deep: { password: 'canary' } }])).toEqual([
    '{"user":1,"accessToken":"[redacted]","deep":{"password":"[redacted]"}}',
  ]);
});

test('what cannot be read is said to be so', () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('no');
      },
    },
  );
  expect(consoleTexts([hostile, 'next'])).toEqual(['[unreadable]', 'next']);
});

test('a bucket lets a burst through, then so many a second', () => {
  let now = 0;
  const admits = createRateLimit(3, 10, () => now);
  expect([admits(), admits(), admits(), admits()]).toEqual([true, true, true, false]);
  now = 100;
  expect([admits(), admits()]).toEqual([true, false]);
  now = 60_000;
  expect([admits(), admits(), admits(), admits()]).toEqual([true, true, true, false]);
});

test('a logged object is looked at, never asked: no getter and no toJSON of the page runs', () => {
  let ran = 0;
  const reactive = {
    plain: 1,
    get computed() {
      return ++ran;
    },
    toJSON: () => ++ran,
  };
  expect(consoleTexts([reactive])).toEqual(['{"plain":1,"computed":"(…)"}']);
  expect(ran).toBe(0);
});

test('of numbers by the million only their size is told', () => {
  expect(consoleTexts([new Float32Array(2_000_000), { pixels: new Uint8Array(4) }])).toEqual([
    'Float32Array(8000000 bytes)',
    '{"pixels":"Uint8Array(4 bytes)"}',
  ]);
});

test('JSON that was written out before it was logged loses its secrets, too', () => {
  const form = JSON.stringify({ user: 1, passcode: 'canary', tokens: ['canary', 'canary'] });
  expect(consoleTexts([`state: ${form}`])).toEqual([
    'state: {"user":1,"passcode":"[redacted]","tokens":"[redacted]"}',
  ]);
});

test('a logged request loses the secrets of the body that it carries as a text', () => {
  const failed = {
    config: {
      url: '/login',
      data: JSON.stringify({ email: 'a', password: 'canary', tries: 2 }),
      headers: { Accept: 'application/json', Authorization: 'Bearer canary' },
    },
    status: 401,
  };
  const [told = ''] = consoleTexts([failed]);
  expect(JSON.parse(told)).toEqual({
    config: {
      url: '/login',
      data: JSON.stringify({ email: 'a', password: '[redacted]', tries: 2 }),
      headers: { Accept: 'application/json', Authorization: '[redacted]' },
    },
    status: 401,
  });
  expect(consoleTexts([new Error('{"pin":"canary"}')])).toEqual(['Error: {"pin":"[redacted]"}']);
});

test('an entry of a map with a secret name loses its value', () => {
  expect(consoleTexts([new Map([['token', 'canary']])])).toEqual(['[["token","[redacted]"]]']);
});
