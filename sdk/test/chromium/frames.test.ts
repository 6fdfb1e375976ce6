import { expect, test } from 'vitest';
import { framedBy, type Sides } from './framed';
import { replayToEnd } from './replaying';
import { customEvents, flush, markerOf } from './sightings';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const { outer, open, sent, sentText } = framedBy(stage);
const sessions = () => new Set(stage.current.sink.chunks.map((chunk) => chunk.sessionId)).size;

/** As long as a frame that may join needs at the most, twice. */
const LONG_MS = 2_500;

test('a frame of another origin is in the recording of the page, and changes with it', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  await frame.evaluate(() => {
    const added = document.createElement('p');
    added.textContent = 'Paid with thanks';
    document.body.append(added);
    document.querySelector('#text')?.remove();
  });
  await sent(page, 'Paid with thanks');
  const { body, frames, warnings } = await replayToEnd(stage.current);
  expect(body).toContain('Shop');
  expect(frames).toHaveLength(1);
  expect(frames[0]).toContain('Paid with thanks');
  expect(frames[0]).not.toContain('Pay here');
  expect(warnings).toEqual([]);
  expect(sessions()).toBe(1);
  expect(stage.current.pageErrors).toEqual([]);
});

test('when the page is pictured anew, the frame tells its picture again', async () => {
  const [page] = await open({});
  await sent(page, 'Pay here');
  stage.current.sink.chunks = [];
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resanitize());
  await sent(page, 'Pay here');
  expect((await replayToEnd(stage.current)).frames[0]).toContain('Pay here');
});

test('a page that stops and starts again takes the frame in again', async () => {
  const [page] = await open({});
  await sent(page, 'Pay here');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.pause());
  stage.current.sink.chunks = [];
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resume());
  await sent(page, 'Pay here');
});

test('a frame that goes to its next page brings that, too', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  stage.current.pages['/next'] = { body: 'Second step', tag: `data-frames="${outer()}"` };
  await frame.evaluate(() => void location.assign('/next'));
  await sent(page, 'Second step');
  expect((await replayToEnd(stage.current)).frames[0]).toContain('Second step');
});

test('what fails in the frame is a marker of the page, clicks and console lines stand there', async () => {
  const [page, frame] = await open({
    body: `<button id="go">Go</button><script>
      document.querySelector('#go').onclick = () => {
        console.info('said in the frame');
        setTimeout(() => { throw new Error('broken in the frame'); });
      };
    </script>`,
  });
  await sent(page, 'Pay here');
  await frame.click('#go');
  await sent(page, 'broken in the frame');
  const marker = await markerOf(stage.current, 'error_click');
  expect(marker).toMatchObject({ label: 'Error: broken in the frame', element: { text: 'Go' } });
  expect(customEvents(stage.current, 'rs.click')).toHaveLength(1);
  expect(sentText()).toContain('said in the frame');
  const urls = customEvents(stage.current, 'rs.navigation').map(({ url }) => url);
  expect(urls).not.toContainEqual(expect.stringContaining('/inner'));
});

test('the level and the marks of the frame hold in the frame', async () => {
  const [page, frame] = await open({
    frame: `data-frames="${outer()}" data-privacy-level="strict"`,
    body: '<p>canary-strict</p>',
  });
  await sent(page, '"card"');
  await frame.fill('#card', 'canary-typed');
  await frame.evaluate(() => document.body.append('canary-later'));
  await page.waitForTimeout(1_000);
  await flush(page);
  expect(sentText()).not.toContain('canary');
  expect(sentText()).toContain('Shop');
});

test.each<[string, () => Sides]>([
  ['the page does not list', () => ({ page: '' })],
  ['does not list the page', () => ({ frame: `data-frames="https://other.example"` })],
  ['is marked private', () => ({ mark: 'data-private' })],
  ['is blocked', () => ({ mark: 'data-block' })],
])('a frame that %s does not join', async (_, sides) => {
  const [page, frame] = await open(sides());
  await page.waitForTimeout(LONG_MS);
  await flush(page);
  const ofPage = await page.evaluate(() =>
    (window as never as RetrospecWindow).retrospec.sessionId(),
  );
  await frame.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const texts = stage.current.sink.chunks
    .filter((chunk) => chunk.sessionId === ofPage)
    .map((chunk) => chunk.text);
  expect(texts.join()).toContain('Shop');
  expect(texts.join()).not.toContain('Pay here');
});

test('a frame whose visitor opted out there tells nothing', async () => {
  const [page, frame] = await open({});
  await sent(page, 'Pay here');
  await frame.evaluate(() => (window as never as RetrospecWindow).retrospec.optOut());
  stage.current.sink.chunks = [];
  await frame.evaluate(() => document.body.append('canary-after'));
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resanitize());
  await page.waitForTimeout(LONG_MS);
  await flush(page);
  expect(sentText()).toContain('Shop');
  expect(sentText()).not.toContain('canary-after');
});

test('nobody else can pose as the frame or as the page', async () => {
  const [page, frame] = await open({ frame: 'data-auto-start="false"' });
  // No frame of the page has asked, and its own origin is not listed.
  const answered = await page.evaluate(async () => {
    const got = new Promise<boolean>((resolve) => {
      addEventListener('message', ({ data, ports }) => {
        if ((data as { retrospec?: string }).retrospec === 'joined') resolve(ports.length > 0);
      });
      setTimeout(() => resolve(false), 800);
    });
    window.postMessage({ retrospec: 'join', version: 1, knock: 1 }, '*');
    return got;
  });
  expect(answered).toBe(false);
  await frame.evaluate(() => void (window as never as RetrospecWindow).retrospec.start());
  // This one lists nobody: what claims to be its page is not listened to.
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    Object.assign(window, { heard: [] as unknown[] });
    port1.onmessage = ({ data }) => (window as never as { heard: unknown[] }).heard.push(data);
    document
      .querySelector('iframe')
      ?.contentWindow?.postMessage({ retrospec: 'joined', version: 1, knock: 1 }, '*', [port2]);
  });
  await page.waitForTimeout(1_000);
  expect(await page.evaluate(() => (window as never as { heard: unknown[] }).heard)).toEqual([]);
});
