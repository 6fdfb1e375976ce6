import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();
const MINUTE_MS = 60_000;

function tell(page: Page, name: string): Promise<void> {
  return page.evaluate(async (event) => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.addCustomEvent(event);
    await retrospec.flush();
  }, name);
}

function fail(page: Page): Promise<void> {
  return page.evaluate(async () => {
    window.dispatchEvent(new ErrorEvent('error', { error: new Error('boom'), message: 'boom' }));
    await Promise.resolve();
    await (window as never as RetrospecWindow).retrospec.flush();
  });
}

async function openWithClock(): Promise<Page> {
  const page = await stage.current.open('about:blank');
  await page.clock.install();
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  return page;
}

function types(): number[] {
  const { chunks } = stage.current.sink;
  return chunks.flatMap((chunk) => chunk.body.events).map((event) => event.type);
}

function wire(): string {
  return stage.current.sink.chunks.map((chunk) => chunk.text).join('');
}

test('buffer: nothing is sent before a marker; then the last minute, from a whole picture on', async () => {
  stage.current.sink.rules = { policy: 'buffer', bufferAfterMs: 30_000 };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await openWithClock();
  await tell(page, 'long ago');
  for (let minute = 0; minute < 4; minute++) {
    await page.clock.fastForward(MINUTE_MS);
    await page.mouse.move(minute, minute);
    // The picture is taken in a task of its own.
    await page.clock.fastForward(10);
    await tell(page, `minute ${minute}`);
  }
  expect(stage.current.sink.chunks).toEqual([]);

  await fail(page);
  expect(wire()).not.toContain('long ago');
  expect(wire()).toContain('minute 2');
  expect(wire()).toContain('minute 3');
  expect(types().slice(0, 2)).toEqual([4, 2]);
  const marker = stage.current.sink.chunks.flatMap((chunk) => chunk.body.markers)[0];
  expect(marker?.replayOffsetMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(marker?.replayOffsetMs).toBeLessThan(2 * MINUTE_MS + 1_000);

  await tell(page, 'right after');
  expect(wire()).toContain('right after');
  await page.clock.fastForward(31_000);
  // What was cut while the half minute still ran is there.
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const before = stage.current.sink.chunks.length;
  await tell(page, 'waits again');
  expect(stage.current.sink.chunks).toHaveLength(before);

  await fail(page);
  const again = stage.current.sink.chunks.slice(before);
  expect(again.map((chunk) => chunk.text).join('')).toContain('waits again');
  expect(again[0]?.body.events.map((event) => event.type)).toContain(2);
  const numbers = stage.current.sink.chunks.map((chunk) => chunk.seq);
  expect(numbers).toEqual(numbers.map((_, index) => index));
});

test('triggers: nothing is sent until one is met, and then what led to it', async () => {
  stage.current.sink.rules = {
    triggers: { match: 'any', conditions: [{ type: 'event', name: 'paid' }] },
  };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await tell(page, 'looked around');
  await fail(page);
  expect(stage.current.sink.chunks).toEqual([]);
  await tell(page, 'paid');
  expect(wire()).toContain('looked around');
  expect(types()).toContain(2);
  await page.reload();
  await tell(page, 'on the next page');
  expect(wire()).toContain('on the next page');
});

test('a visit shorter than the least duration leaves no trace, a longer one is whole', async () => {
  stage.current.sink.rules = { minDurationMs: 10_000 };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await openWithClock();
  await tell(page, 'at first');
  await fail(page);
  expect(stage.current.sink.chunks).toEqual([]);
  await page.clock.fastForward(11_000);
  await stage.current.sink.until((chunk) => chunk.body.markers.length > 0);
  expect(wire()).toContain('at first');
});

test('rules that come with a receipt hold at once', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  stage.current.sink.answer = () => ({
    status: 202,
    body: { accepted: true, rules: { version: 8, policy: 'buffer' } },
  });
  await tell(page, 'the last');
  stage.current.sink.answer = () => ({ status: 202 });
  const before = stage.current.sink.chunks.length;
  await tell(page, 'waits');
  expect(stage.current.sink.chunks).toHaveLength(before);
});

test('what a page held when it was left is counted as lost by the page that is sent', async () => {
  stage.current.sink.rules = { policy: 'buffer' };
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.pages['/error'] = { body: '<h1>Sorry</h1>' };
  const page = await stage.current.open('/');
  await tell(page, 'before the error page');
  await page.goto(`${stage.current.siteUrl}/error`);
  await fail(page);
  expect(wire()).not.toContain('before the error page');
  const lost = stage.current.sink.chunks.map((chunk) => chunk.body.counters.dropped.page_left ?? 0);
  expect(lost[0]).toBeGreaterThan(2);
  expect(lost.slice(1).every((count) => count === 0)).toBe(true);
});
