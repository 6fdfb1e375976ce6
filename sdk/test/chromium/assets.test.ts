import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const KEEPING = 'data-assets="true"';
const KEPT = { 'Cache-Control': 'public, max-age=600' };

function picture(colour: string): { body: string; headers: Record<string, string> } {
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" fill="${colour}"/>`;
  return { body, headers: { 'Content-Type': 'image/svg+xml', ...KEPT } };
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Where the site is another origin, which lets no page read. */
function elsewhere(path: string): string {
  return stage.current.siteUrl.replace('127.0.0.1', 'localhost') + path;
}

test('tells what the page showed and brings what nobody brought before', async () => {
  const { files, pages, sink } = stage.current;
  files['/tea.svg'] = picture('green');
  files['/known.svg'] = picture('black');
  files['/back.svg'] = picture('blue');
  sink.assets.known.add(hashOf(picture('black').body));
  pages['/'] = {
    head: '<style>body { background: url(/back.svg) }</style>',
    tag: KEEPING,
    body: '<img src="/tea.svg?visitor=jane"><img src="/known.svg">',
  };
  await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(2), 10_000);
  const site = stage.current.siteUrl;
  const told = Object.fromEntries(sink.assets.told.map((use) => [use.url, use.sha256]));
  expect(told).toEqual({
    [`${site}/tea.svg?visitor=_`]: hashOf(picture('green').body),
    [`${site}/known.svg`]: hashOf(picture('black').body),
    [`${site}/back.svg`]: hashOf(picture('blue').body),
  });
  const green = sink.assets.brought.find((it) => it.sha256 === hashOf(picture('green').body));
  expect(green?.type).toBe('image/svg+xml');
  expect(green?.content.toString()).toBe(picture('green').body);
});

test('reads it out of the cache: the site is not asked again', async () => {
  const { files, pages, sink } = stage.current;
  let asked = 0;
  files['/tea.svg'] = {
    ...picture('green'),
    get body() {
      asked++;
      return picture('green').body;
    },
  };
  pages['/'] = { body: '<img src="/tea.svg">', tag: KEEPING };
  await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(asked).toBe(1);
});

test('keeps nothing that is one visitor’s own, and counts what a replay will miss', async () => {
  const { files, pages, sink } = stage.current;
  files['/passport.svg'] = {
    ...picture('red'),
    headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'private' },
  };
  files['/blocked.svg'] = picture('pink');
  files['/other.svg'] = picture('grey');
  files['/tea.svg'] = picture('green');
  pages['/'] = {
    body: `<img src="/passport.svg"><p data-private><img src="/blocked.svg"></p>
      <img src="${elsewhere('/other.svg')}"><img src="/tea.svg">`,
    tag: KEEPING,
  };
  const page = await stage.current.open('/');
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());

  expect(sink.assets.told.map((use) => use.url)).toEqual([`${stage.current.siteUrl}/tea.svg`]);
  const missing = sink.chunks.reduce((sum, it) => sum + it.body.counters.assetsMissing, 0);
  expect(missing).toBe(2);
  expect(complaints).toEqual([]);
});

test('keeps fonts, but no picture when all is masked', async () => {
  const { files, pages, sink } = stage.current;
  files['/tea.svg'] = picture('green');
  files['/shop.woff2'] = { body: 'wOF2…', headers: { 'Content-Type': 'font/woff2', ...KEPT } };
  pages['/'] = {
    head: `<style>@font-face { font-family: shop; src: url(/shop.woff2) }
      body { font-family: shop }</style>`,
    body: '<p>Tea</p><img src="/tea.svg">',
    tag: 'data-assets="true" data-privacy-level="strict"',
  };
  await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(sink.assets.told.map((use) => use.url)).toEqual([`${stage.current.siteUrl}/shop.woff2`]);
});

test('brings nothing while the session waits, and all once it is sent', async () => {
  const { files, pages, sink } = stage.current;
  sink.rules = { enabled: true, sampleRate: 1, policy: 'buffer' };
  files['/tea.svg'] = picture('green');
  pages['/'] = {
    body: '<img src="/tea.svg"><button onclick="null.pay()">Pay</button>',
    tag: KEEPING,
  };
  const page = await stage.current.open('/');
  await page.waitForFunction(() => performance.now() > 5_000);
  expect(sink.assets.told).toEqual([]);

  await page.click('button');
  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
});

test('sees nothing of a page that is excluded', async () => {
  const { files, pages, sink } = stage.current;
  sink.rules = { enabled: true, sampleRate: 1, excludedPages: ['/secret'] };
  files['/tea.svg'] = picture('green');
  files['/plan.svg'] = picture('red');
  pages['/secret'] = { body: '<img src="/plan.svg">', tag: KEEPING };
  pages['/'] = { body: '<img src="/tea.svg">', tag: KEEPING };
  const page = await stage.current.open('/secret');
  await page.waitForFunction(() => performance.now() > 3_000);
  await page.goto(`${stage.current.siteUrl}/`);

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(sink.assets.told.map((use) => use.url)).toEqual([`${stage.current.siteUrl}/tea.svg`]);
});
