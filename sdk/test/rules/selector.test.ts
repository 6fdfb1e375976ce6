import { expect, test } from 'vitest';
import { normalClientId } from '../../src/tools/selector';

test('client ids of Faces lose the numbers of rows and of components without a name', () => {
  expect(normalClientId('form:table:17:save')).toBe('form:table:*:save');
  expect(normalClientId('form:outer:3:inner:12:name')).toBe('form:outer:*:inner:*:name');
  expect(normalClientId('form:table:4')).toBe('form:table:*');
  expect(normalClientId('j_idt42:j_idt7')).toBe('j_idt*:j_idt*');
});

test('other names stay as they are', () => {
  for (const name of ['pay', 'step-2', 'chapter:one', 'form:h2', '']) {
    expect(normalClientId(name)).toBe(name);
  }
});
