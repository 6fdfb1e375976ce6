import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const FLUSH = () => (window as never as RetrospecWindow).retrospec.flush();

function integrityOf(file: string): string {
  const bytes = readFileSync(new URL(`../../dist/${file}`, import.meta.url));
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

function snapshots(): number {
  return stage.current.sink.chunks.flatMap((c) => c.body.events).filter((e) => e.type === 2).length;
}

test('what fails before the recorder is there is told with its real time', async () => {
  let letThrough: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (letThrough = resolve));
  stage.current.pages['/'] = {
    body: '<script>setTimeout(() => { throw new Error("early bird") })</script><h1>One</h1>',
  };
  const page = await stage.current.open('about:blank');
  await page.route('**/retrospec-recorder.js*', async (route) => {
    await waiting;
    await route.continue();
  });
  // Not until "load": that waits for the recorder as well.
  await page.goto(`${stage.current.siteUrl}/`, { waitUntil: 'commit' });
  const told = await stage.current.sink.until((chunk) => chunk.body.markers.length > 0);
  expect(told.body.markers.map((marker) => marker.label)).toEqual(['Error: early bird']);
  expect(snapshots()).toBe(0);
  letThrough();
  await page.evaluate(FLUSH);
  expect(snapshots()).toBe(1);
});

test('without its recorder the core still tells what fails, and says that the replay is missing', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('about:blank');
  await page.route('**/retrospec-recorder.js*', (route) => route.abort());
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(FLUSH);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('unseen');
    });
  });
  const told = await stage.current.sink.until((chunk) => chunk.body.markers.length > 0);
  expect(told.body.markers[0]?.label).toBe('Error: unseen');
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).toContain('retrospec.recorder_missing');
});

test('nonce and integrity of the tag hold for the recorder as well', async () => {
  stage.current.pages['/'] = {
    body: '<h1>One</h1>',
    tag: `nonce="abc123" integrity="${integrityOf('retrospec.js')}" crossorigin`,
    headers: { 'Content-Security-Policy': "script-src 'nonce-abc123'; connect-src *" },
  };
  const page = await stage.current.open('about:blank');
  const asked: string[] = [];
  page.on('response', (response) => asked.push(new URL(response.url()).pathname));
  await page.goto(`${stage.current.siteUrl}/`);
  await stage.current.sink.until((chunk) => chunk.body.events.some((event) => event.type === 2));
  expect(asked).toContain('/sdk/retrospec-recorder.js');
});

test('a recorder with other bytes than the core was built with is not run under integrity', async () => {
  stage.current.pages['/'] = {
    body: '<h1>One</h1>',
    tag: `integrity="${integrityOf('retrospec.js')}"`,
  };
  const page = await stage.current.open('about:blank');
  await page.route('**/retrospec-recorder.js*', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'window.changed = true' }),
  );
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(FLUSH);
  expect(await page.evaluate(() => 'changed' in window)).toBe(false);
});

test('under another name the core finds its recorder beside it', async () => {
  stage.current.pages['/'] = {
    tag: null,
    head: `<script src="/sdk/t.js" data-api-key="rs_ingest_test" data-site="shop"
             data-api-base-url="${stage.current.sink.url}"></script>`,
    body: '<h1>One</h1>',
  };
  const page = await stage.current.open('/');
  await page.evaluate(FLUSH);
  expect(snapshots()).toBe(1);
});

test('a page that is not recorded does not load the recorder', async () => {
  stage.current.sink.rules = { enabled: false };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(FLUSH);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.evaluate(FLUSH);
  expect(asked).toContain('/sdk/retrospec.js');
  expect(asked).not.toContain('/sdk/retrospec-recorder.js');
});

test('a page that demands trusted types gets its recorder and its worker', async () => {
  stage.current.sink.rules.canvas = true;
  stage.current.pages['/'] = {
    head: `<script>addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
      (window.refused ??= []).push(violatedDirective + ' ' + sample))</script>`,
    body: '<p>Trusted text</p><canvas width="40" height="40"></canvas>',
    headers: {
      'Content-Security-Policy':
        "require-trusted-types-for 'script'; trusted-types retrospec retrospec-worker",
    },
  };
  const page = await stage.current.open('/');
  await page.evaluate(() =>
    document.querySelector('canvas')?.getContext('2d')?.fillRect(0, 0, 9, 9),
  );
  await stage.current.sink.until((chunk) => chunk.text.includes('Trusted text'));
  await stage.current.sink.until((chunk) => chunk.text.includes('data:image/webp'));
  expect(await page.evaluate(() => (window as { refused?: string[] }).refused ?? [])).toEqual([]);
});
