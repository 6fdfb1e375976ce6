import { expect, test } from 'vitest';
import { isExcludedPage, judgeRecording, parseRules } from '../../src/domain/session/rules';

test('bad fields fall back to their defaults', () => {
  expect(
    parseRules({ sampleRate: 7, privacyLevel: 'open', privateSelectors: 'p', extra: 1 }),
  ).toEqual({
    enabled: true,
    sampleRate: 1,
    privateSelectors: [],
    excludedPages: [],
  });
  expect(parseRules(null).enabled).toBe(true);
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
  expect(isExcludedPage(patterns, 'https://shop.example/checkout/pay?x=1')).toBe(true);
  expect(isExcludedPage(patterns, 'https://shop.example/login')).toBe(true);
  expect(isExcludedPage(patterns, 'https://shop.example/login/help')).toBe(false);
  expect(isExcludedPage(patterns, 'https://intern.example/anything')).toBe(true);
  expect(isExcludedPage(['/a.c'], 'https://shop.example/abc')).toBe(false);
});
