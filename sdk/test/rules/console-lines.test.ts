import { expect, test } from 'vitest';
import { createConsoleLines } from '../../capture/console-lines';

test('the console of a captured page is bounded and steers no terminal', () => {
  const console = createConsoleLines();
  console.add('log', '\u001b[31mred\u001b[0m\u0007');
  console.add('ERROR', 'Error: boom\n    at pay (app.js:1:2)');
  for (let i = 0; i < 200; i++) console.add('log', 'x'.repeat(30_000));

  const text = console.text();
  expect(text.startsWith('[log] [31mred[0m\n[ERROR] Error: boom\n    at pay (app.js:1:2)\n')).toBe(
    true,
  );
  expect(text.endsWith('more messages]\n')).toBe(true);
  expect(text.length).toBeLessThan(1_100_000);
});
