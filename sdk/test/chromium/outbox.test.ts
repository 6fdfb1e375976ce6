import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';
import { keptChunks, untilKept } from './kept-chunks';

const stage = useStage();

test('what the server could not take survives the page; the next one of the tab sends it', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('in the storm');
    void (window as never as RetrospecWindow).retrospec.flush();
  });
  await untilKept(page);
  await page.goto('about:blank');
  expect(sink.chunks).toEqual([]);
  sink.answer = () => ({ status: 202 });
  await page.goto(`${stage.current.siteUrl}/`);
  const chunk = await sink.until((it) => it.text.includes('in the storm'));
  expect(chunk.seq).toBe(0);
});

test('what a crashed tab left is sent by another one, when nobody else can be on it', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.pages['/later'] = {
    head: '<script>const now = Date.now; Date.now = () => now() + 70000</script>',
    body: '<h1>Two</h1>',
  };
  const first = await stage.current.open('/');
  await first.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('last words');
    void (window as never as RetrospecWindow).retrospec.flush();
  });
  await untilKept(first);
  const crashed = first.waitForEvent('crash');
  first.goto('chrome://crash').catch(() => undefined);
  await crashed;
  sink.answer = () => ({ status: 202 });
  await stage.current.open('/later');
  await sink.until((it) => it.text.includes('last words'));
});

test('what is tried for the first time when the page is left without a network survives it', async () => {
  const { sink } = stage.current;
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  let refused = 0;
  sink.answer = () => {
    refused++;
    return { status: 503 };
  };
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => false });
    (window as never as RetrospecWindow).retrospec.addCustomEvent('in the tunnel');
  });
  await page.goto('about:blank');
  await expect.poll(() => refused).toBeGreaterThan(0);
  sink.answer = () => ({ status: 202 });
  await page.goto(`${stage.current.siteUrl}/`);
  await sink.until((it) => it.text.includes('in the tunnel'));
});

test('what comes in an outage is on disk before it was ever tried', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503, headers: { 'Retry-After': '300' } });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.pages['/later'] = {
    head: '<script>const now = Date.now; Date.now = () => now() + 70000</script>',
    body: '<h1>Two</h1>',
  };
  const first = await stage.current.open('/');
  await first.evaluate(() => void (window as never as RetrospecWindow).retrospec.flush());
  await untilKept(first);
  const before = await keptChunks(first);
  await first.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('while it waits');
    void (window as never as RetrospecWindow).retrospec.flush();
  });
  await untilKept(first, before);
  const crashed = first.waitForEvent('crash');
  first.goto('chrome://crash').catch(() => undefined);
  await crashed;
  sink.answer = () => ({ status: 202 });
  await stage.current.open('/later');
  await sink.until((it) => it.text.includes('while it waits'));
});

test('what waits under rules that are no longer the project’s is not sent, and counted', async () => {
  const { sink } = stage.current;
  sink.rules = { version: 1 };
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>Jane of yesterday</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => void (window as never as RetrospecWindow).retrospec.flush());
  await untilKept(page);
  sink.rules = { version: 2, privacyLevel: 'strict' };
  await page.goto('about:blank');
  sink.answer = () => ({ status: 202 });
  stage.current.pages['/'] = { body: '<h1>Jane of today</h1>' };
  // The answer about the rules is slower than the disk.
  await page.route('**/config**', (route) => setTimeout(() => void route.continue(), 800));
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const lost = () => sink.chunks.map((it) => it.body.counters.dropped.other_rules ?? 0);
  await expect
    .poll(async () => {
      await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
      return Math.max(...lost());
    })
    .toBeGreaterThan(0);
  expect(sink.chunks.map((it) => it.text).join('')).not.toContain('of yesterday');
});

test('what finds no room on a full disk is counted', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503, headers: { 'Retry-After': '3' } });
  stage.current.pages['/'] = {
    head: `<script>
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...row) {
        put.apply(this, row);
        this.transaction.abort();
      };
    </script>`,
    body: '<h1>One</h1>',
  };
  const page = await stage.current.open('/');
  const refused = page.waitForResponse('**/chunks/**');
  await page.evaluate(() => void (window as never as RetrospecWindow).retrospec.flush());
  await refused;
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    for (let at = 0; at < 7; at++) retrospec.addCustomEvent(`${at}`, 'x'.repeat(900_000));
  });
  sink.answer = () => ({ status: 202 });
  await sink.until((it) => (it.body.counters.dropped.queue_full ?? 0) > 0, 15_000);
});

test('what is left of an erased session is refused once and stops no other session', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  const erased = await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    void retrospec.flush();
    return retrospec.sessionId();
  });
  await untilKept(page);
  await page.goto('about:blank');
  let told = 0;
  sink.answer = (chunk) => {
    if (chunk.sessionId !== erased) return { status: 202 };
    told++;
    return { status: 410 };
  };
  // Another visit of the same tab.
  await page.context().addInitScript(() => localStorage.removeItem('retrospec.session.shop'));
  await page.goto(`${stage.current.siteUrl}/`);
  await expect.poll(() => told).toBeGreaterThan(0);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  told = 0;
  await page.reload();
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  expect(
    await page.evaluate(() => (window as never as RetrospecWindow).retrospec.isRecording()),
  ).toBe(true);
  expect(told).toBe(0);
});

test('a page with a picture of 5 MB is recorded, and so is what happens beside it', async () => {
  const { sink } = stage.current;
  const paragraph = '<p>The quick brown fox jumps over the lazy dog, number ';
  const body = Array.from({ length: 34_000 }, (_, at) => `${paragraph}${at}</p>`).join('');
  stage.current.pages['/'] = { body };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await retrospec.flush();
    retrospec.addCustomEvent('beside it');
    await retrospec.flush();
  });
  const picture = await sink.until((it) => it.body.events.some((event) => event.type === 2));
  expect(picture.text.length).toBeGreaterThan(4.5 * 1024 * 1024);
  expect(picture.wireBytes).toBeLessThan(1024 * 1024);
  expect(picture.body.events.length).toBeLessThanOrEqual(2);
  await sink.until((it) => it.text.includes('beside it'));
  expect(sink.chunks.map((it) => it.body.counters.dropped)).toEqual(sink.chunks.map(() => ({})));
});

test('under a path of the site no address names us', async () => {
  const addresses: string[] = [];
  stage.current.pages['/'] = { body: '<h1>One</h1>', tag: 'data-path="/telemetry"' };
  const page = await stage.current.open('about:blank');
  page.on('request', (request) => {
    if (!request.url().endsWith('.js') && !request.url().includes('.js?')) {
      addresses.push(request.url().replace(/^http:\/\/[^/]+/, ''));
      expect(JSON.stringify(request.headers())).not.toMatch(/retrospec/i);
    }
  });
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await stage.current.sink.until(() => true);
  expect(addresses.filter((it) => it.startsWith('/telemetry/')).length).toBeGreaterThan(1);
  expect(addresses.join(' ')).not.toMatch(/retrospec|recording|replay/i);
});
