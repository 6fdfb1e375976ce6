import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();
const SLOT_SIZE = 65_536;
const MINUTE_MS = 60_000;

function flush(page: Page): Promise<void> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
}

function tell(page: Page, name: string): Promise<void> {
  return page.evaluate(async (event) => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.addCustomEvent(event);
    await retrospec.flush();
  }, name);
}

function sessionId(page: Page): Promise<string> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.sessionId());
}

function chunksWith(text: string) {
  return stage.current.sink.chunks.filter((chunk) => chunk.text.includes(text));
}

function snapshots(): number {
  return stage.current.sink.chunks.flatMap((c) => c.body.events).filter((e) => e.type === 2).length;
}

test('two tabs are one session with a window and numbers each', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const first = await stage.current.open('/');
  const second = await stage.current.open('/');
  await tell(first, 'in the first');
  await tell(second, 'in the second');
  expect(await sessionId(first)).toBe(await sessionId(second));
  const [one, two] = ['in the first', 'in the second'].map((text) => chunksWith(text)[0]);
  expect(one?.body.windowId).not.toBe(two?.body.windowId);
  expect(one?.body.session.startedAt).toBe(two?.body.session.startedAt);
  const slots = [one, two].map((chunk) => Math.floor((chunk?.seq ?? 0) / SLOT_SIZE));
  expect(slots).toEqual([0, 1]);
  // Each window begins with a whole picture of its own.
  expect(snapshots()).toBe(2);
});

test('two tabs that took one slot at once lose nothing', async () => {
  const { sink } = stage.current;
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  let turnedAway = 0;
  sink.answer = (chunk) => {
    const taken = chunk.seq < SLOT_SIZE;
    if (taken) turnedAway++;
    return { status: taken ? 409 : 202 };
  };
  const page = await stage.current.open('/');
  await tell(page, 'first');
  await tell(page, 'second');
  expect(chunksWith('first').map((chunk) => chunk.seq)).toEqual([SLOT_SIZE]);
  expect(chunksWith('second').map((chunk) => chunk.seq)).toEqual([SLOT_SIZE + 1]);
  expect(turnedAway).toBe(1);
});

test('five minutes without anybody: nothing is recorded, and the first move goes on', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1><p id="ticker">0</p>' };
  const page = await stage.current.open('about:blank');
  await page.clock.install();
  await page.goto(`${stage.current.siteUrl}/`);
  await flush(page);
  const id = await sessionId(page);
  await page.clock.fastForward(5 * MINUTE_MS + 1_000);
  expect(
    await page.evaluate(() => (window as never as RetrospecWindow).retrospec.isRecording()),
  ).toBe(false);
  await page.evaluate(() => {
    document.querySelector('#ticker')?.append('canary-nobody-there');
    document.querySelector('#ticker')?.remove();
    console.error('canary-nobody-there');
    setTimeout(() => {
      throw new Error('canary-nobody-there');
    });
  });
  await page.clock.fastForward(10 * MINUTE_MS);
  await page.mouse.move(50, 50);
  await tell(page, 'back again');
  expect(await sessionId(page)).toBe(id);
  expect(chunksWith('canary-nobody-there')).toEqual([]);
  expect(chunksWith('back again')[0]?.sessionId).toBe(id);
  expect(snapshots()).toBe(2);
});

test('half an hour without anybody ends the session in every tab', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const first = await stage.current.open('about:blank');
  // It is the clock of all pages.
  await first.clock.install();
  await first.goto(`${stage.current.siteUrl}/`);
  const second = await stage.current.open('/');
  await tell(second, 'before');
  await Promise.all([first, second].map((page) => page.clock.fastForward(31 * MINUTE_MS)));
  await first.mouse.move(50, 50);
  await tell(first, 'another visit');
  await second.mouse.move(50, 50);
  await tell(second, 'joined');
  const [before, after, joined] = ['before', 'another visit', 'joined'].map(
    (text) => chunksWith(text)[0]?.sessionId,
  );
  expect(after).not.toBe(before);
  expect(joined).toBe(after);
});

test('a page that comes into sight again begins with a whole picture, unless one is fresh', async () => {
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('about:blank');
  await page.clock.install();
  await page.goto(`${stage.current.siteUrl}/`);
  await flush(page);
  const show = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await show();
  await flush(page);
  expect(snapshots()).toBe(1);
  await page.clock.fastForward(MINUTE_MS);
  await show();
  await flush(page);
  expect(snapshots()).toBe(2);
});

test('an error before the recorder is there is a marker', async () => {
  stage.current.pages['/'] = {
    body: '<script>setTimeout(() => { throw new Error("early bird") })</script><h1>One</h1>',
  };
  const page = await stage.current.open('/');
  await flush(page);
  const markers = stage.current.sink.chunks.flatMap((chunk) => chunk.body.markers);
  expect(markers.map((marker) => marker.label)).toEqual(['Error: early bird']);
});
