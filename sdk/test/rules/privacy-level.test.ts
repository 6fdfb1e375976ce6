import { expect, test } from 'vitest';
import { masksField, type FieldFacts } from '../../src/domain/recording/privacy-level';

function aField(facts: Partial<FieldFacts> = {}): FieldFacts {
  return {
    type: 'text',
    name: 'quantity',
    autocomplete: '',
    wasPassword: false,
    isPrivate: false,
    ...facts,
  };
}

test('strict and balanced mask every field', () => {
  expect(masksField('strict', aField())).toBe(true);
  expect(masksField('balanced', aField())).toBe(true);
});

test('minimal shows an ordinary field', () => {
  expect(masksField('minimal', aField())).toBe(false);
});

test.each<Partial<FieldFacts>>([
  { type: 'password' },
  { type: 'hidden' },
  { type: 'email' },
  { wasPassword: true },
  { isPrivate: true },
  { autocomplete: 'cc-number' },
  { name: 'cardNumber' },
  { name: 'j_csrf' },
])('minimal still masks %o', (facts) => {
  expect(masksField('minimal', aField(facts))).toBe(true);
});
