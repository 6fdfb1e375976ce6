import { expect, test } from 'vitest';
import { masksField, type FieldFacts } from '../../src/domain/recording/privacy-level';

function aField(facts: Partial<FieldFacts> = {}): FieldFacts {
  return {
    type: 'text',
    name: 'quantity',
    autocomplete: '',
    wasPassword: false,
    mark: undefined,
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
  { mark: 'private' },
  { autocomplete: 'cc-number' },
  { name: 'cardNumber' },
  { name: 'j_csrf' },
])('minimal still masks %o', (facts) => {
  expect(masksField('minimal', aField(facts))).toBe(true);
});

test.each<Partial<FieldFacts>>([
  { type: 'password' },
  { type: 'hidden' },
  { wasPassword: true },
  { autocomplete: 'cc-csc' },
  { autocomplete: 'section-a one-time-code' },
  { name: 'user_otp' },
  { name: 'cardNumber' },
  { name: 'smsVerificationCode' },
])('unmask does not show %o', (facts) => {
  expect(masksField('minimal', aField({ ...facts, mark: 'shown' }))).toBe(true);
});

test('unmask shows a field that only the level hides', () => {
  expect(masksField('strict', aField({ mark: 'shown' }))).toBe(false);
  expect(masksField('balanced', aField({ type: 'email', mark: 'shown' }))).toBe(false);
});
