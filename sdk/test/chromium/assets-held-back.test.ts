import { expect, test, vi } from 'vitest';
import { countMissing, KEPT, picture } from './pictures';
import { useStage } from './stages';

const stage = useStage();

/** Where the site is another origin, which lets no page read. */
function elsewhere(path: string): string {
  return stage.current.siteUrl.replace('127.0.0.1', 'localhost') + path;
}

test('never asks the site for what the browser has not kept', async () => {
  const { files, pages, sink } = stage.current;
  let asked = 0;
  files['/captcha.svg'] = {
    headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' },
    get body() {
      asked++;
      return picture('red').body;
    },
  };
  files['/tea.svg'] = picture('green');
  pages['/'] = { body: '<img src="/captcha.svg"><img src="/tea.svg">' };
  const page = await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(asked).toBe(1);
  expect(await countMissing(page, sink)).toBe(1);
});

test('leaves a site alone whose content policy forbids to read, for the whole tab', async () => {
  const { files, pages, sink } = stage.current;
  files['/tea.svg'] = picture('green');
  files['/cup.svg'] = picture('blue');
  const page = {
    body: '<img src="/tea.svg"><img src="/cup.svg">',

    headers: {
      'Content-Security-Policy': `connect-src ${sink.url}; report-uri /reports`,
    },
  };
  pages['/'] = page;
  pages['/next'] = page;
  let reports = 0;
  stage.current.answers['/reports'] = () => {
    reports++;
    return { body: '' };
  };
  const tab = await stage.current.open('/');
  await vi.waitFor(async () => expect(await countMissing(tab, sink)).toBe(2), 10_000);
  await tab.goto(`${stage.current.siteUrl}/next`);
  await vi.waitFor(async () => expect(await countMissing(tab, sink)).toBe(4), 10_000);

  expect(reports).toBe(1);
  expect(sink.assets.told).toEqual([]);
});

test('leaves pictures of private elements where they are, however they are shown', async () => {
  const { files, pages, sink } = stage.current;
  const hidden = ['photo', 'poster', 'back', 'before', 'sign', 'button', 'gone', 'inline'];
  for (const name of [...hidden, 'tea', 'cup']) files[`/${name}.svg`] = picture(name);
  pages['/'] = {
    head: `<style>.back { background: url(/back.svg) } .before::before { content: url(/before.svg) }
      .cup { background: url("/cup.svg") }</style>`,
    body: `<section data-private>
        <img src="/photo.svg"><video poster="/poster.svg"></video><p class="back">x</p>
        <p class="before">x</p><svg><image href="/sign.svg" /></svg>
        <input type="image" src="/button.svg"><p style="background: url('/inline.svg')">x</p>
        <dialog open><img src="/gone.svg"></dialog>
      </section>
      <img src="/tea.svg"><p class="cup">x</p>
      <script>onload = () => document.querySelector('dialog').remove()</script>`,
  };
  const page = await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(2), 10_000);
  expect(sink.assets.told.map((use) => new URL(use.url).pathname).sort()).toEqual([
    '/cup.svg',
    '/tea.svg',
  ]);
  expect(await countMissing(page, sink)).toBe(0);
  expect(sink.chunks.map((chunk) => chunk.text).join('')).not.toContain('inline.svg');
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
  };
  const page = await stage.current.open('/');
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);

  expect(sink.assets.told.map((use) => use.url)).toEqual([`${stage.current.siteUrl}/tea.svg`]);
  expect(await countMissing(page, sink)).toBe(2);
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
    tag: 'data-privacy-level="strict"',
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
  };
  const page = await stage.current.open('/');
  await page.waitForFunction(() => performance.now() > 5_000);
  expect(sink.assets.told).toEqual([]);

  await page.click('button');
  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
});

test('brings nothing once the session waits again', async () => {
  const { files, pages, sink } = stage.current;
  sink.rules = { enabled: true, sampleRate: 1, policy: 'buffer', bufferAfterMs: 4_000 };
  files['/tea.svg'] = picture('green');
  files['/cup.svg'] = picture('blue');
  const button = '<button onclick="null.pay()">Pay</button>';
  pages['/'] = { body: `<img src="/tea.svg">${button}` };
  pages['/next'] = { body: `<img src="/cup.svg">${button}` };
  const page = await stage.current.open('/');
  await page.click('button');
  await sink.until((chunk) => chunk.body.markers.length > 0);
  // Counted from the click, however late that came.
  await page.waitForTimeout(5_000);
  await page.goto(`${stage.current.siteUrl}/next`);
  await page.waitForFunction(() => performance.now() > 5_000);
  expect(sink.assets.told.map((use) => new URL(use.url).pathname)).not.toContain('/cup.svg');

  await page.click('button');
  await vi.waitFor(() => {
    expect(sink.assets.told.map((use) => new URL(use.url).pathname)).toContain('/cup.svg');
  }, 10_000);
});

test('sees nothing of a page that is excluded', async () => {
  const { files, pages, sink } = stage.current;
  sink.rules = { enabled: true, sampleRate: 1, excludedPages: ['/secret'] };
  files['/tea.svg'] = picture('green');
  files['/plan.svg'] = picture('red');
  pages['/secret'] = { body: '<img src="/plan.svg">' };
  pages['/'] = { body: '<img src="/tea.svg">' };
  const page = await stage.current.open('/secret');
  await page.waitForFunction(() => performance.now() > 3_000);
  await page.goto(`${stage.current.siteUrl}/`);

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(sink.assets.told.map((use) => use.url)).toEqual([`${stage.current.siteUrl}/tea.svg`]);
});
