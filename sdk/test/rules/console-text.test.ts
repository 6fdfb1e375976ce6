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
    '"1970-01-01T00:00:00.000Z"',
    'function ()',
  ]);
});

test('a dumped store is cut at 5,000 characters, and never written out as a whole', () => {
  let read = 0;
  const rows = Array.from({ length: 50 }, () => ({
    get text() {
      read++;
      return 'x'.repeat(1_000);
    },
  }));
  const [text] = consoleTexts([{ rows }]);
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
  const hostile = {
    get boom() {
      throw new Error('no');
    },
  };
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
