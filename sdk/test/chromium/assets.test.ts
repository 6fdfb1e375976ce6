import { expect, test, vi } from 'vitest';
import { countMissing, hashOf, KEPT, picture } from './pictures';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

test('tells what the page showed and brings what nobody brought before', async () => {
  const { files, pages, sink } = stage.current;
  files['/tea.svg'] = picture('green');
  files['/known.svg'] = picture('black');
  files['/back.svg'] = picture('blue');
  sink.assets.known.add(hashOf(picture('black').body));
  pages['/'] = {
    head: '<style>body { background: url(/back.svg) }</style>',

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
  pages['/'] = { body: '<img src="/tea.svg">' };
  await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(asked).toBe(1);
});

test('brings neither of two pictures whose addresses are one after redaction', async () => {
  const { files, pages, sink } = stage.current;
  let asked = 0;
  files['/photo'] = {
    ...picture('any'),
    get body() {
      return picture(`${asked++}`).body;
    },
  };
  files['/tea.svg'] = picture('green');
  pages['/'] = {
    body: '<img src="/photo?id=1"><img src="/photo?id=2"><img src="/tea.svg">',
  };
  const page = await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(sink.assets.brought[0]?.sha256).toBe(hashOf(picture('green').body));
  // The server is told of both, so that it shows none of another page either.
  expect(sink.assets.told).toHaveLength(3);
  expect(await countMissing(page, sink)).toBe(2);
});

test('names a font as the recorded style sheet names it', async () => {
  const { files, pages, sink } = stage.current;
  files['/shop.woff2'] = { body: 'wOF2…', headers: { 'Content-Type': 'font/woff2', ...KEPT } };
  files['/shop.css'] = {
    body: `@font-face { font-family: shop; src: url("shop.woff2?v=4.7") }
      body { font-family: shop }`,
    headers: { 'Content-Type': 'text/css', ...KEPT },
  };
  pages['/'] = {
    head: '<link rel="stylesheet" href="/shop.css">',
    body: '<p>Tea</p>',
  };
  const page = await stage.current.open('/');

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  expect(await countMissing(page, sink)).toBe(0);
  const [told] = sink.assets.told;
  expect(told?.url).toBe(`${stage.current.siteUrl}/shop.woff2?v=_`);
  expect(sink.chunks.map((chunk) => chunk.text).join('')).toContain(told?.url);
});

test('counts what a server has no room for', async () => {
  const { files, pages, sink } = stage.current;
  sink.assets.isFull = true;
  files['/tea.svg'] = picture('green');
  files['/cup.svg'] = picture('blue');
  pages['/'] = { body: '<img src="/tea.svg"><img src="/cup.svg">' };
  const page = await stage.current.open('/');

  await vi.waitFor(async () => expect(await countMissing(page, sink)).toBe(2), 10_000);
  expect(sink.assets.brought).toHaveLength(1);
});

test('goes on after a pause where it was', async () => {
  const { files, pages, sink } = stage.current;
  files['/tea.svg'] = picture('green');
  files['/cup.svg'] = picture('blue');
  pages['/'] = { body: '<img src="/tea.svg">' };
  const page = await stage.current.open('/');
  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(1), 10_000);
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.pause();
    retrospec.resume();
    document.body.append(Object.assign(new Image(), { src: '/cup.svg' }));
  });

  await vi.waitFor(() => expect(sink.assets.brought).toHaveLength(2), 10_000);
  expect(sink.assets.told).toHaveLength(2);
});
