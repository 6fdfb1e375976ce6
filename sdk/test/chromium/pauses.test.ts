import { expect, test } from 'vitest';
import { customEvents, flush } from './sightings';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

/** A library that comes after us and wraps what we have wrapped. */
const WRAPPERS = `
  const wrapped = {};
  for (const [owner, name] of [[window, 'fetch'], [console, 'log'], [history, 'pushState']]) {
    const before = owner[name];
    wrapped[name] = owner[name] = function (...args) { return before.apply(this, args); };
  }
  window.isOnTop = () => window.fetch === wrapped.fetch && console.log === wrapped.log &&
    history.pushState === wrapped.pushState;`;

test('pauses put nothing upon what others have wrapped meanwhile, and nothing is told twice', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await flush(page);
  await page.evaluate(WRAPPERS);
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    for (let n = 0; n < 5; n++) {
      retrospec.pause();
      retrospec.resume();
    }
    await fetch('/status/204');
    console.log('once');
    history.pushState({}, '', '/next');
  });
  expect(await page.evaluate(() => (window as never as { isOnTop(): boolean }).isOnTop())).toBe(
    true,
  );
  await flush(page);
  const requests = customEvents(stage.current, 'rs.network');
  expect(requests.filter(({ url }) => String(url).includes('/status/204'))).toHaveLength(1);
  const lines = customEvents(stage.current, 'rs.console');
  expect(lines.filter(({ args }) => String(args) === 'once')).toHaveLength(1);
  const addresses = customEvents(stage.current, 'rs.navigation');
  expect(addresses.filter(({ url }) => String(url).endsWith('/next'))).toHaveLength(1);
});

test('Faces gets one listener, however often a recording pauses', async () => {
  stage.current.pages['/'] = {
    head: '<script>var told = []; var faces = { ajax: { addOnError: (it) => told.push(it) } };</script>',
    body: '',
  };
  const page = await stage.current.open('/');
  await flush(page);
  const listeners = await page.evaluate(() => {
    const { retrospec, told } = window as never as RetrospecWindow & { told: unknown[] };
    for (let n = 0; n < 5; n++) {
      retrospec.pause();
      retrospec.resume();
    }
    return told.length;
  });
  expect(listeners).toBe(1);
});

test('a page that is not recorded any more keeps no worker', async () => {
  stage.current.pages['/'] = { body: `<p>${'word '.repeat(30_000)}</p>` };
  const page = await stage.current.open('about:blank');
  await page.clock.install();
  await page.goto(`${stage.current.siteUrl}/`);
  await flush(page);
  expect(page.workers()).toHaveLength(1);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.stop());
  await page.clock.fastForward(16_000);
  await expect.poll(() => page.workers().length).toBe(0);
});
