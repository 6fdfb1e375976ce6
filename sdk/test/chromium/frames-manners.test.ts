import type { Frame, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { framedBy } from './framed';
import { customEvents, flush, markers } from './sightings';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();
const { open, sent, sentText } = framedBy(stage);

const MINUTE_MS = 60_000;

const isRecording = (page: Page) =>
  page.evaluate(() => (window as never as RetrospecWindow).retrospec.isRecording());

function append(frame: Frame, text: string): Promise<void> {
  return frame.evaluate((added) => document.body.append(added), text);
}

/** What a window says through ports from here on. */
async function listenToPorts(side: Frame): Promise<() => Promise<string[]>> {
  await side.evaluate(() => {
    const said: string[] = [];
    const prototype = MessagePort.prototype as { postMessage(...args: unknown[]): void };
    const { postMessage } = prototype;
    prototype.postMessage = function (...args) {
      if (typeof args[0] === 'string') said.push(args[0]);
      postMessage.apply(this, args);
    };
    Object.assign(window, { said });
  });
  return () => side.evaluate(() => (window as never as { said: string[] }).said);
}

test('who works in the frame alone is somebody there, however long', async () => {
  const [page, frame] = await open({ isClocked: true });
  await sent(page, 'Pay here');
  for (let minute = 0; minute < 7; minute++) {
    await frame.click('#text');
    await page.clock.fastForward(MINUTE_MS);
  }
  expect(await isRecording(page)).toBe(true);
  await append(frame, 'After seven minutes');
  await sent(page, 'After seven minutes');
});

test('who works on the page alone does not lose the frame', async () => {
  const [page, frame] = await open({ isClocked: true });
  await sent(page, 'Pay here');
  for (let minute = 0; minute < 7; minute++) {
    await page.click('h1');
    await page.clock.fastForward(MINUTE_MS);
  }
  stage.current.sink.chunks = [];
  await append(frame, 'Told by itself');
  await sent(page, 'Told by itself');
});

test('a page that nobody was at goes on when somebody is in the frame', async () => {
  const [page, frame] = await open({ isClocked: true });
  await sent(page, 'Pay here');
  await page.clock.fastForward(6 * MINUTE_MS);
  expect(await isRecording(page)).toBe(false);
  stage.current.sink.chunks = [];
  await frame.click('#text');
  await expect.poll(() => isRecording(page)).toBe(true);
  await page.clock.fastForward(5_000);
  await sent(page, 'Pay here');
});

test('a frame that is marked later is let go and tells nothing more', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  const saidOfPage = await listenToPorts(page.mainFrame());
  await page.evaluate(() => {
    const element = document.querySelector('iframe');
    element?.setAttribute('data-private', '');
    (window as never as RetrospecWindow).retrospec.resanitize(element ?? undefined);
  });
  await expect.poll(saidOfPage).toContain('left');
  await page.waitForTimeout(1_000);
  // Not before: what it measured of itself it may tell until it has heard that it is let go.
  const said = await listenToPorts(frame);
  await append(frame, 'canary-later');
  await page.waitForTimeout(300);
  expect(await said()).toEqual([]);
});

test('a frame that does not answer is asked less and less often', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  await frame.evaluate(() => (window as never as RetrospecWindow).retrospec.optOut());
  const said = await listenToPorts(page.mainFrame());
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resanitize());
  await page.waitForTimeout(6_500);
  expect((await said()).filter((it) => it === 'picture').length).toBeLessThan(5);
});

/** A document that knocks and then says what the test wants. */
async function pose(
  frame: Frame,
  words: unknown[],
  { version = 1, mostMs = 10_000 } = {},
): Promise<boolean> {
  return frame.evaluate(
    ([list, number, most]) =>
      new Promise<boolean>((resolve) => {
        addEventListener('message', ({ data, ports: [port] }) => {
          if ((data as { retrospec?: string }).retrospec !== 'joined' || !port) return;
          for (const word of list) port.postMessage(JSON.stringify(word));
          resolve(true);
        });
        parent.postMessage({ retrospec: 'join', version: number, knock: 1 }, '*');
        setTimeout(() => resolve(false), most);
      }),
    [words, version, mostMs] as const,
  );
}

test('what a frame says is taken as far as it is as it should be, and costs the page nothing', async () => {
  const [page, frame] = await open({ frame: null });
  await flush(page);
  const sighting = { kind: 'js_exception', subkind: 'uncaught', label: 'A good one' };
  const answered = await pose(frame, [
    { tag: 'rs.marker', payload: { id: 'mrk_forged', kind: 'api_error', label: 'canary' } },
    { tag: 'rs.navigation', payload: { url: 'https://canary.example' } },
    { tag: 'constructor', payload: {} },
    { tag: 'rs.console', payload: { level: 'info', args: [{ canary: 1 }] } },
    { tag: 'rs.console', payload: { level: 'info', args: ['A good line'], more: 'canary' } },
    { sighting: { ...sighting, id: 'canary', atMs: 'canary', error: 'canary' } },
    { sighting: { ...sighting, label: { canary: 1 } } },
    { sighting: { ...sighting, kind: 'canary' } },
    { of: 'countReduced', reason: 'canary', count: 3 },
    { of: 'countReduced', reason: 'mouse', count: 3 },
    { of: 'countReduced', reason: 'mouse', count: 'canary' },
    { of: 'countMasked', count: null },
    { of: 'countMasked', count: -5 },
    { of: 'countMaskable', count: 0.5 },
    { event: { type: 2, data: { node: { type: 0, id: 'canary', childNodes: [] } } } },
    { event: { type: 2, data: { node: { type: 2, id: 1, tagName: 'canary', childNodes: [] } } } },
    { event: 'canary' },
    null,
    { tag: 'rs.console', payload: { level: 'info', args: ['The last line'] } },
  ]);
  expect(answered).toBe(true);
  await sent(page, 'The last line');
  expect(sentText()).not.toContain('canary');
  const [marker, ...others] = markers(stage.current);
  expect(others).toEqual([]);
  expect(marker).toMatchObject(sighting);
  expect(marker?.id).toMatch(/^mrk_/);
  expect(customEvents(stage.current, 'rs.console')).toEqual([
    { level: 'info', args: ['A good line'] },
    { level: 'info', args: ['The last line'] },
  ]);
  const counters = stage.current.sink.chunks.map((chunk) => chunk.body.counters);
  expect(counters.reduce((sum, { reduced }) => sum + (reduced.mouse ?? 0), 0)).toBe(3);
  for (const { masked } of counters) expect(masked).toBeGreaterThanOrEqual(0);
  expect(stage.current.pageErrors).toEqual([]);
});

test('a frame that speaks another version is not let in', async () => {
  const [page, frame] = await open({ frame: null });
  await flush(page);
  expect(await pose(frame, [], { version: 2, mostMs: 1_500 })).toBe(false);
});

test('an answer that nobody has knocked for is not taken', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    Object.assign(window, { heard: [] as unknown[] });
    port1.onmessage = ({ data }) => (window as never as { heard: unknown[] }).heard.push(data);
    const word = { retrospec: 'joined', version: 1, knock: 1 };
    document.querySelector('iframe')?.contentWindow?.postMessage(word, '*', [port2]);
  });
  await append(frame, 'Still told to the page');
  await sent(page, 'Still told to the page');
  expect(await page.evaluate(() => (window as never as { heard: unknown[] }).heard)).toEqual([]);
});
