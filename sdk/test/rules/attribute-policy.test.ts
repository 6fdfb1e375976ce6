import { expect, test } from 'vitest';
import { judgeAttribute } from '../../src/domain/recording/attribute-policy';

const open = { tagName: 'div', isSvg: false, isPrivate: false, allowed: new Set<string>() };

test.each([
  'placeholder',
  'title',
  'aria-label',
  'alt',
  'data-customer',
  'value',
  'summary',
  'x-made-up',
])('%s is masked, because only listed attributes may go', (name) => {
  expect(judgeAttribute(name, 'Jane Doe', open)).toBe('mask');
});

test.each(['class', 'id', 'type', 'role', 'aria-expanded', '_cssText', 'rr_width'])(
  '%s is kept',
  (name) => {
    expect(judgeAttribute(name, 'some-value', open)).toEqual({ keep: 'some-value' });
  },
);

test('an allowed attribute goes, but not out of a private part', () => {
  const allowed = { ...open, allowed: new Set(['data-sku']) };
  expect(judgeAttribute('data-SKU', 'A-1', allowed)).toEqual({ keep: 'A-1' });
  expect(judgeAttribute('data-SKU', 'A-1', { ...allowed, isPrivate: true })).toBe('mask');
});

test('addresses lose their query values, and go entirely inside a private part', () => {
  expect(judgeAttribute('href', '/o?id=1', open)).toEqual({ keep: '/o?id=_' });
  expect(judgeAttribute('src', '/face.png', { ...open, isPrivate: true })).toBe('drop');
});

test('a drawing keeps its geometry and loses its words', () => {
  const svg = { ...open, tagName: 'path', isSvg: true };
  expect(judgeAttribute('d', 'M0 0L10 10', svg)).toEqual({ keep: 'M0 0L10 10' });
  expect(judgeAttribute('aria-label', 'Jane', svg)).toBe('mask');
});

test('inline documents and handlers are left out', () => {
  expect(judgeAttribute('srcdoc', '<p>x</p>', open)).toBe('drop');
  expect(judgeAttribute('onclick', 'pay()', open)).toBe('drop');
});
