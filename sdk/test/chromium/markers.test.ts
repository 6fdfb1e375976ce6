import { expect, test } from 'vitest';
import { snippetOf } from '../../ci/cli/src/sourcemaps/injection';
import { useStage } from './stages';

const stage = useStage();

function markerOf(subkind: string) {
  return stage.current.sink
    .until((chunk) => chunk.body.markers.some((marker) => marker.subkind === subkind))
    .then((chunk) => {
      const marker = chunk.body.markers.find((it) => it.subkind === subkind);
      if (!marker) throw new Error('unreachable');
      return { chunk, marker };
    });
}

test('an uncaught exception travels at once, with its stack and its place in time', async () => {
  stage.current.pages['/'] = { body: '<h1>Shop</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() =>
    setTimeout(function explode() {
      throw new TypeError('boom of the cart');
    }),
  );
  const { chunk, marker } = await markerOf('uncaught');

  // It was not cut when its time had come.
  expect(chunk.body.reason).toBe('marker');
  expect(marker).toMatchObject({
    kind: 'js_exception',
    label: 'TypeError: boom of the cart',
    error: { type: 'TypeError', message: 'boom of the cart' },
  });
  expect((marker.error as { stack: string }).stack).toContain('explode');
  const first = stage.current.sink.chunks[0]?.body.events[0]?.timestamp ?? 0;
  expect(Date.parse(chunk.body.session.startedAt)).toBe(first);
  const own = chunk.body.events.find((event) => event.data.tag === 'rs.marker');
  expect(own?.data.payload).toMatchObject({ id: marker.id, kind: 'js_exception' });
  expect(Math.abs(first + (marker.replayOffsetMs as number) - (own?.timestamp ?? 0))).toBeLessThan(
    20,
  );
});

test('the address of the page stands in no marker and no stack with its values', async () => {
  stage.current.pages['/reset'] = {
    body: `<script>setTimeout(function explode() {
      console.error(new Error('logged at ' + location.href));
      throw new Error('boom at ' + location.href);
    })</script>`,
  };
  await stage.current.open('/reset?token=canary-token#code=canary-code');
  const { marker } = await markerOf('uncaught');

  expect(marker.evidence).toMatch(/\/reset\?token=_#code=_:\d+:\d+$|\/reset\?token=_:\d+:\d+$/);
  expect((marker.error as { stack: string }).stack).toMatch(/explode.*token=_/);
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).not.toContain('canary');
});

test('an error tells the debug id that its script has registered, and of no other script', async () => {
  const id = '85314830-023f-4cf1-a267-535f4e37bb17';
  const script = (debugId: string) => `${snippetOf(debugId)}
    function explode() { throw new Error('boom of a build'); }`;
  const headers = { 'Content-Type': 'text/javascript' };
  stage.current.files['/app-1.js'] = { body: script(id), headers };
  stage.current.files['/other.js'] = {
    body: snippetOf('00000000-023f-4cf1-a267-535f4e37bb17'),
    headers,
  };
  stage.current.pages['/'] = {
    body: `<script src="/other.js"></script><script src="/app-1.js?v=7"></script>
      <script>setTimeout(() => explode())</script>`,
  };
  await stage.current.open('/');
  const { marker } = await markerOf('uncaught');

  const { stack, debugIds } = marker.error as { stack: string; debugIds: Record<string, string> };
  const [url = ''] = Object.keys(debugIds);
  expect(Object.values(debugIds)).toEqual([id]);
  expect(url).toMatch(/\/app-1\.js\?v=_$/);
  expect(stack).toContain(`explode (${url}:`);
});

test('a marker comes after what the page changed just before it failed', async () => {
  stage.current.pages['/'] = { body: '<p id="status">Ready</p>' };
  const page = await stage.current.open('/');
  await page.evaluate(() =>
    setTimeout(() => {
      document.querySelector('#status')?.replaceChildren('Paying');
      throw new TypeError('boom while paying');
    }),
  );
  const { chunk, marker } = await markerOf('uncaught');
  const failedAt = Date.parse(chunk.body.session.startedAt) + (marker.replayOffsetMs as number);
  const change = stage.current.sink.chunks
    .flatMap((each) => each.body.events)
    .find((event) => JSON.stringify(event).includes('"Paying"'));
  expect(change?.timestamp).toBeLessThanOrEqual(failedAt);
});

test('an unhandled rejection becomes a marker', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => void Promise.reject(new RangeError('too far')));
  const { marker } = await markerOf('unhandled_rejection');
  expect(marker).toMatchObject({ kind: 'js_exception', label: 'RangeError: too far' });
});

test('a console error is recorded as text and as a marker of its own sub-kind', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => console.error('price is missing', { sku: 7 }));
  const { chunk, marker } = await markerOf('console_error');
  expect(marker.label).toBe('price is missing {"sku":7}');
  const line = chunk.body.events.find((event) => event.data.tag === 'rs.console');
  expect(line?.data.payload).toMatchObject({
    level: 'error',
    args: ['price is missing', '{"sku":7}'],
  });
});

test('failed requests of fetch and XHR become markers, good ones only events', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    await fetch('/status/200');
    await fetch('/status/503?customer=canary', { method: 'POST' });
    await fetch('http://127.0.0.1:1/nobody').catch(() => undefined);
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/status/404');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    await (window as never as { retrospec: { flush(): Promise<void> } }).retrospec.flush();
  });
  const markers = stage.current.sink.chunks.flatMap((chunk) => chunk.body.markers);
  expect(markers.map((marker) => marker.label)).toEqual([
    'POST /status/503 503',
    'GET /nobody failed',
    'GET /status/404 404',
  ]);
  expect(markers[0]).toMatchObject({ kind: 'api_error', request: { method: 'POST', status: 503 } });
  const requests = stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event) => event.data.tag === 'rs.network')
    .map((event) => event.data.payload);
  expect(requests.map((request) => [request?.type, request?.status])).toEqual([
    ['fetch', 200],
    ['fetch', 503],
    ['fetch', 0],
    ['xhr', 404],
  ]);
  expect(JSON.stringify(requests)).not.toContain('canary');
  expect(JSON.stringify(requests)).not.toContain('/v1/recordings');
});

test('three quick clicks that do nothing are a rage click, once', async () => {
  stage.current.pages['/'] = { body: '<button id="pay">Pay now</button>' };
  const page = await stage.current.open('/');
  await page.click('#pay', { clickCount: 5, delay: 10 });
  const { marker } = await markerOf('rage_click');
  expect(marker).toMatchObject({
    kind: 'ui_no_effect',
    label: 'Rage click on "Pay now"',
    element: { selector: 'button#pay', text: 'Pay now' },
  });
  await page.evaluate(() =>
    (window as never as { retrospec: { flush(): Promise<void> } }).retrospec.flush(),
  );
  const all = stage.current.sink.chunks.flatMap((chunk) => chunk.body.markers);
  expect(all).toHaveLength(1);
});

test('a form that the browser refuses is one marker, however many fields are wrong', async () => {
  stage.current.pages['/'] = {
    body: `<form><input name="street" required><input name="town" required>
           <button id="go">Order</button></form>`,
  };
  const page = await stage.current.open('/');
  await page.click('#go');
  const { marker } = await markerOf('form_blocked');
  expect(marker).toMatchObject({
    kind: 'validation_failed',
    label: 'Form blocked: street valueMissing',
    evidence: '2 invalid fields',
  });
});

test('a page that loads itself again and again is a reload loop', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.reload();
  await page.reload();
  const { marker } = await markerOf('reload_loop');
  expect(marker).toMatchObject({ kind: 'ui_no_effect', label: 'Reload loop on /' });
});
