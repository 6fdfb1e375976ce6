import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { customEvents, flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

async function openWith(rules: Record<string, unknown>): Promise<Page> {
  stage.current.sink.rules = { enabled: true, sampleRate: 1, ...rules };
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  // Then the rules are known.
  await flush(page);
  return page;
}

/** Waits for requests, which are told when their bodies have been read. */
async function told(page: Page, count: number): Promise<Record<string, unknown>[]> {
  const entries = () => customEvents(stage.current, 'rs.network');
  const look = async () => {
    await flush(page);
    return entries().length;
  };
  await expect.poll(look).toBeGreaterThanOrEqual(count);
  return entries();
}

const DETAIL = { network: { detailUrls: ['/api/*'] } };

test('every request is told with times and sizes, and without headers and bodies', async () => {
  stage.current.answers['/open'] = () => ({
    body: '{"secret":"canary"}',
    headers: { 'X-Retrospec-Correlation': 'c-7', 'Content-Length': '19' },
  });
  const page = await openWith({});
  await page.evaluate(async () => {
    await fetch('/open?who=canary', { method: 'POST', body: '{"é":"canary"}' });
    const xhr = new XMLHttpRequest();
    xhr.open('PUT', '/open');
    xhr.setRequestHeader('X-Own', 'canary');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send('canary');
    });
  });
  await flush(page);
  const entries = customEvents(stage.current, 'rs.network');
  expect(entries).toEqual([
    {
      method: 'POST',
      url: expect.stringMatching(/^http:.+[/]open[?]who=_$/),
      status: 200,
      durationMs: expect.any(Number),
      type: 'fetch',
      requestBytes: 15,
      responseBytes: 19,
      correlationId: 'c-7',
    },
    expect.objectContaining({ method: 'PUT', type: 'xhr', requestBytes: 6, correlationId: 'c-7' }),
  ]);
  expect(JSON.stringify(entries)).not.toContain('canary');
});

test('a request is told with the whole address, by the base of the page', async () => {
  stage.current.pages['/deep/page'] = { head: '<base href="/api/v2/">', body: '' };
  stage.current.answers['/api/v2/cart'] = () => ({ body: '{}' });
  stage.current.answers['/api/v2/list'] = () => ({ status: 500, body: '{}' });
  const page = await stage.current.open('/deep/page');
  await page.evaluate(async () => {
    await fetch('cart?who=canary');
    const xhr = new XMLHttpRequest();
    xhr.open('GET', './list');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
  });
  await flush(page);
  const { origin } = new URL(page.url());
  expect(customEvents(stage.current, 'rs.network').map(({ url }) => url)).toEqual([
    `${origin}/api/v2/cart?who=_`,
    `${origin}/api/v2/list`,
  ]);
  expect(await markerOf(stage.current, 'http_status')).toMatchObject({
    label: 'GET /api/v2/list 500',
    request: { url: `${origin}/api/v2/list` },
  });
});

test('a failed request carries the number by which the server knows it', async () => {
  stage.current.answers['/open'] = () => ({
    status: 500,
    body: '{}',
    headers: { 'X-Retrospec-Correlation': 'c-9' },
  });
  const page = await openWith({});
  await page.evaluate(() => fetch('/open'));
  expect((await markerOf(stage.current, 'http_status')).request).toMatchObject({
    status: 500,
    correlationId: 'c-9',
  });
});

test('headers and bodies are told for the addresses that the rules name, without secrets', async () => {
  const answered = { total: 3, token: 'canary-token' };
  stage.current.answers['/api/cart'] = () => ({
    body: JSON.stringify(answered),
    headers: { 'Set-Cookie': 'a=canary', 'X-Session': 'canary-header' },
  });
  stage.current.answers['/other'] = () => ({ body: '{"canary":1}' });
  const page = await openWith(DETAIL);
  const seen = await page.evaluate(async () => {
    const response = await fetch('/api/cart', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer canary' },
      body: JSON.stringify({ sku: 7, password: 'canary' }),
    });
    const xhr = new XMLHttpRequest();
    xhr.open('POST', '/api/cart');
    xhr.setRequestHeader('X-Api-Key', 'canary');
    xhr.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send('sku=8&token=canary');
    });
    await fetch('/other', { method: 'POST', body: 'canary' });
    return [await response.json(), JSON.parse(xhr.responseText)];
  });
  expect(seen).toEqual([answered, answered]);
  const entries = await told(page, 3);
  expect(entries).toHaveLength(3);
  expect(
    entries.find((it) => it.type === 'fetch' && String(it.url).endsWith('/api/cart')),
  ).toMatchObject({
    requestHeaders: { authorization: '[redacted]', 'content-type': 'application/json' },
    responseHeaders: { 'x-session': '[redacted]', 'content-type': 'application/json' },
    requestBody: '{"sku":7,"password":"[redacted]"}',
    responseBody: '{"total":3,"token":"[redacted]"}',
  });
  expect(entries.find((it) => it.type === 'xhr')).toMatchObject({
    requestHeaders: { 'x-api-key': '[redacted]' },
    requestBody: 'sku=8&token=[redacted]',
  });
  expect(JSON.stringify(entries)).not.toContain('canary');
});

test('at the strict level no body is told', async () => {
  stage.current.answers['/api/cart'] = () => ({ body: '{"canary":1}' });
  const page = await openWith({ ...DETAIL, privacyLevel: 'strict' });
  await page.evaluate(() => fetch('/api/cart').then((it) => it.text()));
  expect(JSON.stringify(await told(page, 1))).not.toContain('canary');
});

test('a large answer reaches the page whole, and its first 150,000 bytes us', async () => {
  const big = JSON.stringify({ rows: 'é'.repeat(500_000) });
  stage.current.answers['/api/big'] = () => ({ body: big });
  const page = await openWith(DETAIL);
  const length = await page.evaluate(async () => {
    const response = await fetch('/api/big');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await response.text()).length;
  });
  expect(length).toBe(big.length);
  const [entry] = await told(page, 1);
  const body = String(entry?.responseBody);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(150_010);
  expect(body.endsWith('é…')).toBe(true);
});

test('GraphQL errors with status 200 are told with their operation', async () => {
  stage.current.answers['/graphql'] = (sent) => ({
    body: sent.includes('Broken')
      ? '{"errors":[{"message":"no such cart","path":["cart",3,"total"],"extensions":{"code":"NOT_FOUND"}}],"data":null}'
      : '{"data":{"errors":[{"message":"data of the page"}]},"errors":[]}',
  });
  stage.current.answers['/rest'] = () => ({ body: '{"errors":[{"message":"none of GraphQL"}]}' });
  const page = await openWith({});
  const seen = await page.evaluate(async () => {
    const post = (url: string, body: unknown) =>
      fetch(url, { method: 'POST', body: JSON.stringify(body) }).then((it) => it.text());
    await post('/rest', { name: 1 });
    await post('/graphql', { query: 'query Fine { cart }' });
    return post('/graphql', { query: 'query Broken { cart { total } }', variables: {} });
  });
  expect(seen).toContain('no such cart');
  expect(await markerOf(stage.current, 'graphql_error')).toMatchObject({
    kind: 'api_error',
    label: 'GraphQL Broken: no such cart',
    evidence: 'NOT_FOUND, cart.total',
    request: { url: expect.stringMatching(/^http.+[/]graphql$/), status: 200 },
  });
  await flush(page);
  expect(markers(stage.current)).toHaveLength(1);
});

test('a page that asks for far more than anybody could follow is thinned, and it is counted', async () => {
  const page = await openWith({});
  await page.evaluate(async () => {
    // So many that even a machine that is busy with something else answers faster than is followed.
    await Promise.all(Array.from({ length: 1_000 }, () => fetch('/status/200')));
  });
  await flush(page);
  const told = customEvents(stage.current, 'rs.network').length;
  const reduced = stage.current.sink.chunks
    .map((chunk) => chunk.body.counters.reduced?.network ?? 0)
    .reduce((sum, count) => sum + count, 0);
  expect(told).toBeGreaterThanOrEqual(200);
  expect(told).toBeLessThan(1_000);
  expect(told + reduced).toBe(1_000);
});
