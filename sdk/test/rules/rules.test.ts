import { expect, test } from 'vitest';
import {
  DEFAULT_RULES,
  matchesUrl,
  judgeRecording,
  parseRules,
} from '../../src/domain/session/rules';

test('without a word of the server everything has its default', () => {
  expect(DEFAULT_RULES).toEqual({
    version: 0,
    enabled: true,
    sampleRate: 1,
    policy: 'continuous',
    privateSelectors: [],
    blockedSelectors: [],
    excludedPages: [],
    minDurationMs: 0,
    bufferAfterMs: 60_000,
    rage: { clicks: 3, radiusPx: 30, windowMs: 1_000 },
    slowRequestMs: 10_000,
    network: { detailUrls: [] },
    canvas: false,
    respectDoNotTrack: false,
    respectGlobalPrivacyControl: true,
  });
});

test('bad fields fall back to their defaults', () => {
  expect(
    parseRules({
      sampleRate: 7,
      privacyLevel: 'open',
      privateSelectors: 'p',
      policy: 'sometimes',
      bufferAfterMs: -1,
      rage: { clicks: 0, radiusPx: 'wide' },
      slowRequestMs: null,
      network: 'all',
      canvas: 1,
      extra: 1,
    }),
  ).toEqual(DEFAULT_RULES);
  expect(parseRules(null)).toEqual(DEFAULT_RULES);
});

test('a session is recorded whole or not at all: its lot decides', () => {
  const half = parseRules({ sampleRate: 0.5 });
  expect(judgeRecording(half, 0.49)).toBe('record');
  expect(judgeRecording(half, 0.5)).toBe('sampled_out');
  expect(judgeRecording(parseRules({ sampleRate: 0 }), 0)).toBe('sampled_out');
  expect(judgeRecording(parseRules({ enabled: false }), 0)).toBe('disabled');
});

test('excluded pages match the whole path, with stars', () => {
  const patterns = ['/checkout/*', '/login', 'https://intern.example/*'];
  expect(matchesUrl(patterns, 'https://shop.example/checkout/pay?x=1')).toBe(true);
  expect(matchesUrl(patterns, 'https://shop.example/login')).toBe(true);
  expect(matchesUrl(patterns, 'https://shop.example/login/help')).toBe(false);
  expect(matchesUrl(patterns, 'https://intern.example/anything')).toBe(true);
  expect(matchesUrl(['/a.c'], 'https://shop.example/abc')).toBe(false);
});

test('triggers are read; one that this version does not know is never met', () => {
  const known = { type: 'url', pattern: '/checkout/*' };
  const unknown = { type: 'moon', phase: 'full' };
  const triggers = (match: string, ...conditions: unknown[]) =>
    parseRules({ triggers: { match, conditions } }).triggers;
  expect(triggers('any', known, unknown)).toEqual({ match: 'any', conditions: [known] });
  expect(triggers('all', known)).toEqual({ match: 'all', conditions: [known] });
  expect(triggers('all', known, unknown)).toEqual({ match: 'all', conditions: [] });
  expect(triggers('any')).toBeUndefined();
});
