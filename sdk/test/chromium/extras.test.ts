import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { framedBy } from './framed';
import { customEvents, flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();
const { open: openFramed, sent } = framedBy(stage);

const FILE = '**/retrospec-extras.js*';

const ERROR = `<?xml version="1.0" encoding="UTF-8"?><partial-response id="j_id1"><error>
  <error-name>java.lang.IllegalStateException</error-name>
  <error-message><![CDATA[the stock is empty]]></error-message></error></partial-response>`;

/** A page whose extras do not come before the test lets them through. */
async function openHeld(path: string, rules = {}): Promise<[Page, () => void]> {
  Object.assign(stage.current.sink.rules, rules);
  let letThrough: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (letThrough = resolve));
  const page = await stage.current.open('about:blank');
  await page.route(FILE, async (route) => {
    await waiting;
    await route.continue();
  });
  await page.goto(stage.current.siteUrl + path);
  await flush(page);
  return [page, letThrough];
}

async function openWithout(path: string, rules = {}): Promise<Page> {
  Object.assign(stage.current.sink.rules, rules);
  const page = await stage.current.open('about:blank');
  await page.route(FILE, (route) => route.abort());
  await page.goto(stage.current.siteUrl + path);
  await flush(page);
  return page;
}

const save = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.onloadend = resolve;
        xhr.open('POST', '/order.xhtml');
        xhr.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
        xhr.send('jakarta.faces.partial.ajax=true&jakarta.faces.source=form%3A17%3Asave');
      }),
  );

const sentText = () => stage.current.sink.chunks.map((chunk) => chunk.text).join();

async function until(page: Page, part: string): Promise<void> {
  const look = async () => {
    await flush(page);
    return sentText();
  };
  await expect.poll(look, { timeout: 8_000 }).toContain(part);
}

test('a page that needs none of them does not load the extras', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1><canvas></canvas><iframe></iframe>' };
  stage.current.answers['/data'] = () => ({ body: '{"ok":true}' });
  const page = await stage.current.open('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(() => fetch('/data').then((it) => it.json()));
  await page.waitForTimeout(1_500);
  await flush(page);
  expect(asked).toContain('/sdk/retrospec-recorder.js');
  expect(asked).not.toContain('/sdk/retrospec-extras.js');
});

test('an answer of Faces that tells a failure before the extras are there is told, once', async () => {
  stage.current.pages['/order.xhtml'] = { body: '<form id="form"></form>' };
  stage.current.answers['POST /order.xhtml'] = () => ({ type: 'text/xml', body: ERROR });
  const [page, letThrough] = await openHeld('/order.xhtml');
  await save(page);
  await page.waitForTimeout(500);
  expect(markers(stage.current)).toEqual([]);
  letThrough();
  expect(await markerOf(stage.current, 'faces_error')).toMatchObject({
    label: 'form:*:save: IllegalStateException: the stock is empty',
    request: { method: 'POST', status: 200 },
  });
  await page.waitForTimeout(300);
  await flush(page);
  expect(markers(stage.current)).toHaveLength(1);
});

test('an error of GraphQL before the extras are there is told, and no other answer needs them', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.answers['/graphql'] = () => ({ body: '{"errors":[{"message":"no stock"}]}' });
  const [page, letThrough] = await openHeld('/');
  await page.evaluate(() =>
    fetch('/graphql', { method: 'POST', body: '{"query":"mutation Buy { a }"}' }),
  );
  letThrough();
  expect(await markerOf(stage.current, 'graphql_error')).toMatchObject({
    label: 'GraphQL Buy: no stock',
  });
});

test('headers and bodies of the first request are told although the extras come later', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.answers['/api/a'] = () => ({ body: '{"stock":7}', headers: { 'X-Shop': 'north' } });
  stage.current.answers['/api/b'] = () => ({ body: '{"stock":8}', headers: { 'X-Shop': 'south' } });
  const [page, letThrough] = await openHeld('/', { network: { detailUrls: ['/api/*'] } });
  // One object for two requests: each has its own headers and its own body.
  await page.evaluate(async () => {
    const xhr = new XMLHttpRequest();
    for (const path of ['/api/a', '/api/b']) {
      await new Promise((resolve) => {
        xhr.onloadend = () => setTimeout(resolve);
        xhr.open('GET', path);
        xhr.send();
      });
    }
  });
  letThrough();
  await until(page, '/api/b');
  const told = customEvents(stage.current, 'rs.network').filter((it) =>
    String(it.url).includes('/api/'),
  );
  expect(
    told.map((it) => [it.responseBody, (it.responseHeaders as { 'x-shop'?: string })['x-shop']]),
  ).toEqual([
    ['{"stock":7}', 'north'],
    ['{"stock":8}', 'south'],
  ]);
});

test('what a canvas shows before the extras are there is told when they are', async () => {
  stage.current.pages['/'] = { body: '<canvas width="40" height="40"></canvas>' };
  const [page, letThrough] = await openHeld('/', { canvas: true });
  await page.evaluate(() =>
    document.querySelector('canvas')?.getContext('2d')?.fillRect(0, 0, 40, 40),
  );
  await page.waitForTimeout(1_500);
  letThrough();
  await until(page, 'data:image/webp');
});

test('a frame of another origin is whole although the extras came late', async () => {
  let letThrough: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (letThrough = resolve));
  const blank = await stage.current.open('about:blank');
  await blank.context().route(FILE, async (route) => {
    await waiting;
    await route.continue();
  });
  const opening = openFramed({ body: '<p>Below</p>' });
  setTimeout(letThrough, 1_000);
  const [page, frame] = await opening;
  await frame.evaluate(() =>
    setTimeout(() => {
      throw new Error('in the frame');
    }, 500),
  );
  await sent(page, 'Below');
  await sent(page, 'in the frame');
});

test('extras that cannot be had are asked for once, and said to be missing', async () => {
  stage.current.pages['/'] = { body: '<canvas width="40" height="40"></canvas>' };
  stage.current.pages['/order.xhtml'] = stage.current.pages['/'];
  stage.current.answers['POST /order.xhtml'] = () => ({ type: 'text/xml', body: ERROR });
  stage.current.answers['/api/a'] = () => ({ body: '{"stock":7}' });
  const rules = { canvas: true, network: { detailUrls: ['/api/*'] } };
  const page = await openWithout('/order.xhtml', rules);
  let asked = 0;
  page.on('request', (request) => (asked += Number(request.url().includes('extras'))));
  await page.evaluate(() => fetch('/api/a'));
  await save(page);
  await page.waitForTimeout(2_500);
  await page.evaluate(() =>
    setTimeout(() => {
      throw new Error('told all the same');
    }),
  );
  await until(page, 'told all the same');
  expect(asked).toBe(1);
  const missing = customEvents(stage.current, 'rs.custom').map((it) => it.name);
  expect(missing).toEqual(['retrospec.extras_missing']);
  expect(sentText()).toContain('/api/a');
  const reduced = stage.current.sink.chunks.map(({ body }) => body.counters.reduced.canvas ?? 0);
  expect(reduced.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(stage.current.pageErrors).toEqual(['told all the same']);
});

test('extras with other bytes than the core was built with are not run under integrity', async () => {
  const core = readFileSync(new URL('../../dist/retrospec.js', import.meta.url));
  const integrity = `sha384-${createHash('sha384').update(core).digest('base64')}`;
  stage.current.pages['/'] = {
    body: '<canvas width="40" height="40"></canvas>',
    tag: `integrity="${integrity}"`,
  };
  stage.current.sink.rules.canvas = true;
  const page = await stage.current.open('about:blank');
  await page.route(FILE, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'window.changed = true' }),
  );
  await page.goto(`${stage.current.siteUrl}/`);
  await until(page, 'retrospec.extras_missing');
  expect(await page.evaluate(() => 'changed' in window)).toBe(false);
});
