import { expect, test } from 'vitest';
import { admit } from '../../src/domain/session/admission';
import { parseRules } from '../../src/domain/session/rules';
import { mintSession, type SharedSession } from '../../src/domain/session/shared-session';
import { areMet, conditionsMet, type Occurrence } from '../../src/domain/session/triggers';

const NOW = 1_800_000_000_000;

function kindOf(raw: unknown, session: Partial<SharedSession> = {}, known = true): string {
  return admit(parseRules(raw), known, { ...mintSession(NOW - 5_000), ...session }, NOW).kind;
}

function triggers(match: string, ...conditions: unknown[]) {
  const read = parseRules({ triggers: { match, conditions } }).triggers;
  if (!read) throw new Error('no triggers');
  return read;
}

test('nothing is sent before the rules are known, whatever they will be', () => {
  expect(kindOf({}, {}, false)).toBe('wait');
  expect(kindOf({ policy: 'buffer' }, { openUntilMs: NOW + 1 }, false)).toBe('wait');
});

test('continuous and ring send; buffer only for a while after a marker', () => {
  expect(kindOf({})).toBe('send');
  expect(kindOf({ policy: 'ring' })).toBe('send');
  expect(kindOf({ policy: 'buffer' })).toBe('buffer');
  expect(kindOf({ policy: 'buffer' }, { openUntilMs: NOW + 1 })).toBe('send');
  expect(kindOf({ policy: 'buffer' }, { openUntilMs: NOW })).toBe('buffer');
});

test('a visit shorter than the least duration waits until it is longer, once', () => {
  expect(kindOf({ minDurationMs: 6_000 })).toBe('wait');
  expect(kindOf({ minDurationMs: 5_000 })).toBe('send');
  expect(kindOf({ minDurationMs: 6_000 }, { admitted: true })).toBe('send');
  const rules = parseRules({ minDurationMs: 6_000 });
  expect(admit(rules, true, mintSession(NOW - 5_000), NOW).forMs).toBe(1_000);
});

test('with triggers every policy buffers until they are met', () => {
  const url = { type: 'url', pattern: '/checkout/*' };
  const raw = { triggers: { match: 'any', conditions: [url] } };
  expect(kindOf(raw)).toBe('buffer');
  expect(kindOf(raw, { met: [JSON.stringify(url)] })).toBe('send');
});

test.each<[unknown, Occurrence, boolean]>([
  [{ type: 'url', pattern: '/a/*' }, { type: 'url', href: 'https://x.example/a/b' }, true],
  [{ type: 'url', pattern: '/a/*' }, { type: 'url', href: 'https://x.example/b' }, false],
  [{ type: 'marker', kind: 'js_exception' }, aMarker('js_exception', 'uncaught'), true],
  [{ type: 'marker', kind: 'js_exception' }, aMarker('api_error', 'http_status'), false],
  [
    { type: 'marker', kind: 'js_exception', subkind: 'console_error' },
    aMarker('js_exception', 'uncaught'),
    false,
  ],
  [{ type: 'event', name: 'paid' }, { type: 'event', name: 'paid' }, true],
  [{ type: 'event', name: 'paid' }, { type: 'event', name: 'payed' }, false],
  [
    { type: 'user', property: 'plan', value: 'gold' },
    { type: 'user', properties: { plan: 'gold' } },
    true,
  ],
  [{ type: 'user', property: 'plan', value: 'gold' }, { type: 'user', properties: {} }, false],
])('%j and %j: %s', (condition, seen, isMet) => {
  expect(conditionsMet(triggers('any', condition), seen)).toHaveLength(isMet ? 1 : 0);
});

function aMarker(kind: string, subkind: string): Occurrence {
  return { type: 'marker', kind, subkind };
}

test('all conditions may be met one after the other, on different pages', () => {
  const both = [
    { type: 'url', pattern: '/cart' },
    { type: 'event', name: 'paid' },
  ];
  const [cart, paid] = both.map((condition) => JSON.stringify(condition)) as [string, string];
  expect(areMet(triggers('all', ...both), [cart])).toBe(false);
  expect(areMet(triggers('all', ...both), [cart, paid])).toBe(true);
  expect(areMet(triggers('any', ...both), [paid])).toBe(true);
  expect(areMet(triggers('all', ...both, { type: 'moon' }), [cart, paid])).toBe(false);
});
