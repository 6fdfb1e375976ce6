import { expect, test } from 'vitest';
import { customEvents, flush, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

test('every level of the console is told, with the place where it matters', async () => {
  stage.current.pages['/'] = {
    body: `<script>function pay() {
      console.debug('d'); console.log('l'); console.info('i'); console.warn('w');
      console.trace('t'); console.assert(1 === 1, 'fine'); console.assert(1 === 2, 'odd', 7);
      console.error('e');
    }</script>`,
  };
  const page = await stage.current.open('/');
  const shown: string[] = [];
  page.on('console', (message) => shown.push(message.text()));
  await page.evaluate(() => (window as never as { pay(): void }).pay());
  await flush(page);
  const lines = customEvents(stage.current, 'rs.console');
  expect(lines.map((it) => [it.level, it.args])).toEqual([
    ['debug', ['d']],
    ['log', ['l']],
    ['info', ['i']],
    ['warn', ['w']],
    ['trace', ['t']],
    ['assert', ['Assertion failed', 'odd', '7']],
    ['error', ['e']],
  ]);
  for (const line of lines) {
    const placed = ['trace', 'assert', 'error'].includes(String(line.level));
    expect([line.level, line.stack !== undefined]).toEqual([line.level, placed]);
    // The first frame is the page's own.
    if (placed) expect(String(line.stack).split('\n')[0]).toContain('at pay');
  }
  expect(shown).toEqual(['d', 'l', 'i', 'w', 't', 'odd 7', 'e']);
  expect(markers(stage.current).map((it) => it.subkind)).toEqual(['console_error']);
});

test('a console that is flooded is thinned, counted, and loses no error', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    for (let i = 0; i < 1_000; i++) console.log('line', i);
    console.error('at the end');
  });
  await flush(page);
  const lines = customEvents(stage.current, 'rs.console');
  const reduced = stage.current.sink.chunks
    .map((chunk) => chunk.body.counters.reduced?.console ?? 0)
    .reduce((sum, count) => sum + count, 0);
  expect(lines.length).toBeLessThan(150);
  expect(lines.length + reduced).toBe(1_001);
  expect(lines.at(-1)?.args).toEqual(['at the end']);
});
