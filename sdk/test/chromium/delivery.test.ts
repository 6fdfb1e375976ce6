import { expect, test } from 'vitest';
import type { ReceivedChunk } from './sink';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

function storedEvents(): string[] {
  return stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event) => event.data.tag === 'rs.custom')
    .map((event) => String(event.data.payload?.name));
}

test('chunks are gzipped, carry the key, and are numbered without a hole across page loads', async () => {
  stage.current.pages['/'] = {
    body: '<h1>One</h1><a id="next" href="/two">Two</a>' + '<p>text</p>'.repeat(300),
  };
  stage.current.pages['/two'] = { body: '<h1>Two</h1>' + '<p>text</p>'.repeat(300) };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await retrospec.flush();
    retrospec.addCustomEvent('second');
    await retrospec.flush();
  });
  await page.click('#next');
  await page.waitForURL('**/two');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await stage.current.sink.until(
    (chunk) => chunk.text.includes('/two') && chunk.body.events.some((e) => e.type === 2),
  );

  const { chunks } = stage.current.sink;
  expect(new Set(chunks.map((chunk) => chunk.sessionId)).size).toBe(1);
  expect(new Set(chunks.map((chunk) => chunk.body.windowId)).size).toBe(1);
  expect(new Set(chunks.map((chunk) => chunk.body.session.startedAt)).size).toBe(1);
  const numbers = () => chunks.map((chunk) => chunk.seq).sort((a, b) => a - b);
  // What the first page sent when it was left may come after what the second one sends.
  await expect.poll(() => numbers().findIndex((seq, index) => seq !== index)).toBe(-1);
  const large = chunks.find((chunk) => chunk.text.length > 5_000);
  expect(large?.headers['content-encoding']).toBe('gzip');
  expect(large?.wireBytes).toBeLessThan((large?.text.length ?? 0) / 4);
  expect(large?.headers['x-api-key']).toBe('rs_ingest_test');
  expect(chunks[0]?.body.session).toMatchObject({
    site: 'shop',
    url: `${stage.current.siteUrl}/`,
    viewport: { width: 1280, height: 720 },
    anonymousId: expect.stringMatching(/^anon_/) as string,
  });
});

test('only new events travel: no event is sent twice', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  for (const name of ['first', 'second', 'third']) {
    await page.evaluate(async (event) => {
      const { retrospec } = window as never as RetrospecWindow;
      retrospec.addCustomEvent(event);
      await retrospec.flush();
    }, name);
  }
  expect(storedEvents()).toEqual(['first', 'second', 'third']);
  const snapshots = stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event) => event.type === 2);
  expect(snapshots).toHaveLength(1);
});

test('what happens right before the page goes is delivered', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' + '<p>many words</p>'.repeat(2_000) };
  stage.current.pages['/two'] = { body: '', tag: null };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    await (window as never as RetrospecWindow).retrospec.flush();
    (window as never as RetrospecWindow).retrospec.addCustomEvent('last words');
    // The browser tells a page when it is ready to; on a busy machine the interval may come first.
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    location.href = '/two';
  });
  // Before the stage is cleared: Chromium may hang on closing a context that is just navigating.
  await page.waitForURL('**/two');
  const chunk = await stage.current.sink.until((it) => it.text.includes('last words'));
  expect(['pagehide', 'hidden']).toContain(chunk.body.reason);
});

test('a closed tab delivers too, by beacon where the browser has no keepalive', async () => {
  stage.current.pages['/'] = {
    head: '<script>delete Request.prototype.keepalive</script>',
    body: '<h1>One</h1>',
  };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    await (window as never as RetrospecWindow).retrospec.flush();
    (window as never as RetrospecWindow).retrospec.addCustomEvent('by beacon');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
  });
  await page.close({ runBeforeUnload: true });
  const chunk = await stage.current.sink.until((it) => it.text.includes('by beacon'));
  expect(chunk.query.get('key')).toBe('rs_ingest_test');
  expect(chunk.headers['content-type']).toMatch(/^text\/plain/);
});

test('what does not fit the ledger at the end waits for the next page of the tab', async () => {
  const { sink } = stage.current;
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.pages['/two'] = { body: '<h1>Two</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await page.evaluate(() => {
    const noise = Array.from({ length: 150_000 }, () =>
      String.fromCharCode(33 + Math.floor(Math.random() * 90)),
    ).join('');
    (window as never as RetrospecWindow).retrospec.addCustomEvent('too large to leave', { noise });
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    location.href = '/two';
  });
  await page.waitForURL('**/two');
  const chunk = await sink.until((it) => it.text.includes('too large to leave'));
  expect(chunk.sessionId).toBe(sink.chunks[0]?.sessionId);
});

test('413 splits a chunk until it fits, and nothing is lost or doubled', async () => {
  const { sink } = stage.current;
  sink.answer = (chunk: ReceivedChunk) =>
    chunk.body.events.length > 12 ? { status: 413 } : { status: 202 };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    for (let i = 0; i < 50; i++) retrospec.addCustomEvent(`event ${i}`);
    await retrospec.flush();
  });
  expect(storedEvents().sort()).toEqual(Array.from({ length: 50 }, (_, i) => `event ${i}`).sort());
  const numbers = sink.chunks.map((chunk) => chunk.seq);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Math.max(...numbers)).toBe(numbers.length - 1);
});

test('an event too large for the server leaves a notice under its number', async () => {
  const { sink } = stage.current;
  sink.answer = (chunk: ReceivedChunk) =>
    chunk.text.length > 60_000 ? { status: 413 } : { status: 202 };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.addCustomEvent('small');
    retrospec.addCustomEvent('huge', 'x'.repeat(100_000));
    await retrospec.flush();
  });
  expect(storedEvents()).toContain('retrospec.dropped');
  const dropped = sink.chunks.map((chunk) => chunk.body.counters.dropped.oversize ?? 0);
  expect(dropped).toContain(1);
});

test('a busy server is asked again when it said so', async () => {
  const { sink } = stage.current;
  const attempts: number[] = [];
  sink.answer = (chunk: ReceivedChunk) => {
    attempts.push(chunk.atMs);
    return attempts.length === 1
      ? { status: 503, headers: { 'Retry-After': '2' } }
      : { status: 202 };
  };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await sink.until(() => true);
  expect((attempts[1] ?? 0) - (attempts[0] ?? 0)).toBeGreaterThanOrEqual(1_950);
});

test('410 ends the recording of this session', async () => {
  const { sink } = stage.current;
  let posts = 0;
  sink.answer = () => {
    posts++;
    return { status: 410 };
  };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  const recording = await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await retrospec.flush();
    retrospec.addCustomEvent('after');
    await retrospec.flush();
    return retrospec.isRecording();
  });
  expect(recording).toBe(false);
  expect(posts).toBe(1);
});

test('a policy that forbids workers changes nothing but the thread', async () => {
  stage.current.pages['/'] = {
    // Little would be gzipped without a worker anyway.
    body: '<h1>One</h1>' + '<p>text</p>'.repeat(3_000),
    headers: {
      'Content-Security-Policy': `script-src 'self' 'unsafe-eval'; worker-src 'none'; connect-src *`,
    },
  };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const chunk = await stage.current.sink.until((it) => it.text.length > 100_000);
  expect(chunk.headers['content-encoding']).toBe('gzip');
  expect(stage.current.pageErrors).toEqual([]);
});

test('rules that switch recording off keep everything on the page', async () => {
  stage.current.sink.rules = { enabled: false };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  const recording = await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await retrospec.flush();
    return retrospec.isRecording();
  });
  expect(recording).toBe(false);
  expect(stage.current.sink.chunks).toEqual([]);
});

test('private selectors of the project hold from the first byte', async () => {
  stage.current.sink.rules = { enabled: true, privateSelectors: ['.balance'] };
  stage.current.pages['/'] = { body: '<p>Public</p><p class="balance">canary-balance</p>' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(500);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).toContain('Public');
  expect(wire).not.toContain('canary-balance');
});

test('what the project blocks is an empty box; an unreadable selector blocks nothing', async () => {
  stage.current.sink.rules = { version: 7, blockedSelectors: ['???', '.balance'] };
  stage.current.pages['/'] = { body: '<p>Public</p><p class="balance">canary-balance</p>' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(500);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).toContain('Public');
  expect(wire).not.toContain('canary-balance');
  expect(stage.current.sink.chunks[0]?.body.rulesVersion).toBe(7);
});

test('only what is large is gzipped in a worker', async () => {
  const { sink } = stage.current;
  stage.current.pages['/'] = {
    head: `<script>
      let workers = 0;
      window.Worker = class extends Worker {
        constructor(...all) { super(...all); workers++; }
      };
    </script>`,
    body: '<h1>One</h1>',
  };
  const page = await stage.current.open('/');
  for (const [length, workers] of [
    [3_000, 0],
    [150_000, 1],
  ] as const) {
    await page.evaluate(async (size) => {
      const { retrospec } = window as never as RetrospecWindow;
      retrospec.addCustomEvent(`of ${size}`, { long: 'a'.repeat(size) });
      await retrospec.flush();
    }, length);
    const chunk = await sink.until((it) => it.text.includes(`of ${length}`));
    expect(chunk.headers['content-encoding']).toBe('gzip');
    expect(await page.evaluate('workers')).toBe(workers);
  }
});
