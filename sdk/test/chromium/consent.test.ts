import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';
import { keptChunks, untilKept } from './kept-chunks';

const stage = useStage();

const DNT = `<script>Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' })</script>`;
const GPC = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })</script>`;

function isRecording(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.isRecording());
}

function flush(page: Page): Promise<void> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
}

function visitorData(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(
      (key) => !key.startsWith('retrospec.rules') && key !== 'retrospec.optout',
    ),
  );
}

test('a withdrawn consent reaches what waits on disk: nothing of it is sent by the next page', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.addCustomEvent('canary-withdrawn');
    void retrospec.flush();
  });
  await untilKept(page);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.stop({ discard: true }));
  sink.answer = () => ({ status: 202 });
  await page.reload();
  await flush(page);
  await page.waitForTimeout(500);
  const wire = sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).toContain('"type":2');
  expect(wire).not.toContain('canary-withdrawn');
});

test('a withdrawn consent ends the recording in every tab, and the next one is another session', async () => {
  stage.current.pages['/'] = { body: '' };
  const first = await stage.current.open('/');
  const second = await stage.current.open('/');
  await flush(second);
  const before = stage.current.sink.chunks.map((chunk) => chunk.sessionId);
  await second.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('canary-other-tab');
  });
  await first.evaluate(() =>
    (window as never as RetrospecWindow).retrospec.stop({ discard: true }),
  );
  await expect.poll(() => isRecording(second)).toBe(false);
  await flush(second);
  await first.evaluate(async () => {
    (window as never as RetrospecWindow).retrospec.start();
    await (window as never as RetrospecWindow).retrospec.flush();
  });
  const { chunks } = stage.current.sink;
  expect(chunks.map((chunk) => chunk.text).join('')).not.toContain('canary-other-tab');
  expect(before).not.toContain(chunks.at(-1)?.sessionId);
});

function optOut(page: Page): Promise<void> {
  return page.evaluate(() => (window as never as RetrospecWindow).retrospec.optOut());
}

test('who opts out on a page that records nothing is not recorded in the other tabs any more', async () => {
  stage.current.pages['/'] = { body: '' };
  stage.current.pages['/privacy'] = { body: '', tag: 'data-auto-start="false"' };
  const shop = await stage.current.open('/');
  await flush(shop);
  const id = stage.current.sink.chunks[0]?.sessionId;
  // Opened before: what the shop records is sent after five seconds, rightly.
  const privacy = await stage.current.open('/privacy');
  await shop.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('canary-other-tab');
  });
  await optOut(privacy);
  await expect.poll(() => isRecording(shop)).toBe(false);
  await flush(shop);
  await privacy.evaluate(() => (window as never as RetrospecWindow).retrospec.optIn());
  await flush(privacy);
  const { chunks } = stage.current.sink;
  expect(chunks.map((chunk) => chunk.text).join('')).not.toContain('canary-other-tab');
  expect(chunks.at(-1)?.sessionId).not.toBe(id);
});

test('a page that comes back from the back/forward cache finds out that the visitor opted out', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await flush(page);
  const before = stage.current.sink.chunks.length;
  await page.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('canary-cached');
    // As written by another page while this one was frozen, which hears of no such change.
    localStorage.setItem('retrospec.optout', '1');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  expect(await isRecording(page)).toBe(false);
  await flush(page);
  expect(stage.current.sink.chunks).toHaveLength(before);
});

test('an opt-out empties the disk at once, on a page without a recorder, too', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '' };
  stage.current.pages['/privacy'] = { body: '', tag: 'data-auto-start="false"' };
  const shop = await stage.current.open('/');
  await shop.evaluate(() => void (window as never as RetrospecWindow).retrospec.flush());
  await expect.poll(() => keptChunks(shop)).toBeGreaterThan(0);
  const privacy = await stage.current.open('/privacy');
  await optOut(privacy);
  await expect.poll(() => keptChunks(privacy)).toBeUndefined();
});

test('stopped without a reason to be sent, nothing of what waited is sent for a later one', async () => {
  stage.current.sink.rules = {
    triggers: { match: 'any', conditions: [{ type: 'user', property: 'plan', value: 'gold' }] },
  };
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await flush(page);
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.addCustomEvent('canary-held');
    await retrospec.stop();
    retrospec.identify('u-1', { plan: 'gold' });
    retrospec.addCustomEvent('late');
    retrospec.start();
    retrospec.identify('u-1', { plan: 'gold' });
    await retrospec.flush();
  });
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).toContain('"type":2');
  expect(wire).not.toContain('canary-held');
});

test('a request that is just under way is called back with the consent', async () => {
  let aborted = 0;
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('about:blank');
  await page.route('**/chunks/**', () => new Promise(() => undefined));
  page.on('requestfailed', (request) => {
    if (request.url().includes('/chunks/')) aborted++;
  });
  await page.goto(`${stage.current.siteUrl}/`);
  const sent = page.waitForRequest('**/chunks/**');
  await page.evaluate(() => void (window as never as RetrospecWindow).retrospec.flush());
  await sent;
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.stop({ discard: true }));
  await expect.poll(() => aborted).toBe(1);
});

test('Global Privacy Control is respected unless the project says otherwise', async () => {
  stage.current.pages['/'] = { head: GPC, body: '' };
  const page = await stage.current.open('/');
  await flush(page);
  await page.waitForTimeout(300);
  expect(await isRecording(page)).toBe(false);
  expect(await visitorData(page)).toEqual([]);
  stage.current.sink.rules = { respectGlobalPrivacyControl: false };
  await page.reload();
  await expect.poll(() => isRecording(page)).toBe(true);
});

test('who opts in here has said more than a signal to everybody', async () => {
  stage.current.pages['/'] = { head: GPC, body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.optIn());
  expect(await isRecording(page)).toBe(true);
  await page.reload();
  await expect.poll(() => isRecording(page)).toBe(true);
});

test('Do Not Track is respected when the project or the page asks for it', async () => {
  stage.current.pages['/'] = { head: DNT, body: '' };
  const page = await stage.current.open('/');
  await flush(page);
  expect(await isRecording(page)).toBe(true);
  stage.current.sink.rules = { respectDoNotTrack: true };
  await page.reload();
  await expect.poll(() => isRecording(page)).toBe(false);

  stage.current.sink.rules = {};
  stage.current.pages['/'] = { head: DNT, body: '', tag: 'data-respect-do-not-track="true"' };
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.waitForTimeout(300);
  expect(await isRecording(page)).toBe(false);
  expect(asked).toEqual(['/', '/sdk/retrospec.js']);
});
