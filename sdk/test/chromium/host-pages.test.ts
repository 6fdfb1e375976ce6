import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useStage } from './stages';

const stage = useStage();

/** What whoever uses a page, or looks into its console, gets to see. */
interface Seen {
  readonly shown: string[];
  readonly console: string[];
  readonly errors: string[];
}

async function bundle(host: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../hosts/${host}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

type Step = (page: Page) => Promise<unknown>;

async function use(script: string, recorded: boolean, steps: readonly Step[]): Promise<Seen> {
  const { answers, pages } = stage.current;
  answers['/host.js'] = () => ({ body: script, type: 'text/javascript' });
  answers['/price'] = () => ({ body: '{"cents":420}' });
  answers['/add'] = (sent) => ({ body: JSON.stringify({ name: sent }) });
  answers['/gone'] = () => ({ status: 410, body: '{}' });
  answers['/broken'] = () => ({ body: '{"no json' });
  answers['/part'] = () => ({ body: '<ul><li>a</li><li>b</li></ul><p>c</p>', type: 'text/html' });
  // After the recorder has come, as on a page that is used.
  pages['/'] = { tag: recorded ? '' : null, body: '' };
  const page = await stage.current.open('/');
  const seen: Seen = { shown: [], console: [], errors: [] };
  if (recorded) await page.waitForFunction('window.retrospec.isRecording()');
  page.on('console', (line) => seen.console.push(`${line.type()}: ${line.text()}`));
  page.on('pageerror', (error) => seen.errors.push(`${error.name}: ${error.message}`));
  await page.evaluate(
    () =>
      new Promise((loaded) => {
        const tag = document.createElement('script');
        tag.src = '/host.js';
        tag.onload = loaded;
        document.head.append(tag);
      }),
  );
  for (const step of steps) {
    await step(page);
    seen.shown.push(await page.evaluate(() => document.body.innerHTML));
  }
  if (recorded) {
    await page.evaluate('window.retrospec.flush()');
    expect(stage.current.sink.chunks.length).toBeGreaterThan(0);
  }
  await page.close();
  return seen;
}

const HOSTS: readonly { host: string; steps: readonly Step[]; says: readonly string[] }[] = [
  {
    host: 'jquery-shop',
    steps: [
      (page) => page.waitForSelector('body.ran'),
      async (page) => {
        await page.fill('[name=item]', 'white tea');
        await page.selectOption('[name=how]', 'Courier');
        await page.click('#order button');
        await page.waitForSelector('#list li:nth-child(3)');
        await page.waitForSelector('#box[style="display: none;"]', { state: 'attached' });
      },
      async (page) => {
        await page.click('.remove');
        await page.waitForFunction(() => document.body.textContent.includes('left 2'));
      },
      (page) => page.click('#state'),
    ],
    says: ['410', 'parsererror', 'abort', 'both', 'loaded 2', 'item=white+tea', 'left 2'],
  },
  {
    host: 'react-board',
    steps: [
      (page) => page.waitForFunction(() => document.body.textContent.includes('420')),
      async (page) => {
        await page.locator('#new').pressSequentially('third');
        await page.click('#add');
      },
      (page) => page.click('#turn'),
      (page) => page.click('li >> nth=1'),
      (page) => page.click('#break'),
    ],
    says: ['THIRD', '3 in all', 'a component that breaks'],
  },
];

test.each(HOSTS)('a page is the same with the SDK and without: $host', async (page) => {
  const script = await bundle(page.host);
  const without = await use(script, false, page.steps);
  const recorded = await use(script, true, page.steps);
  for (const words of page.says) expect(without.shown.join('\n')).toContain(words);
  expect(without.console.length).toBeGreaterThan(1);
  expect(recorded).toEqual(without);
});
