import { expect, test } from 'vitest';
import { flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

const ROWS = Array.from({ length: 100 }, (_, row) => `<p>Row ${row}</p>`).join('');
const page = (code: string) => ({
  body: `<div id="app">${ROWS}</div><button id="go" onclick="${code}">Go</button>`,
});
const EMPTY = `document.querySelector('#app').replaceChildren()`;

test('an exception after which most of the page is gone is a crash', async () => {
  stage.current.pages['/'] = page(`${EMPTY}; throw new TypeError('render of null')`);
  const tab = await stage.current.open('/');
  await tab.click('#go');
  expect(await markerOf(stage.current, 'app_crash')).toMatchObject({
    kind: 'js_exception',
    label: 'Page crashed: TypeError: render of null',
    error: { type: 'TypeError' },
  });
});

test('a failed request after which most of the page is gone is a crash', async () => {
  stage.current.pages['/'] = page(
    `fetch('/status/500').then(() => setTimeout(() => { ${EMPTY} }, 800))`,
  );
  const tab = await stage.current.open('/');
  await tab.click('#go');
  expect((await markerOf(stage.current, 'app_crash')).request).toMatchObject({ status: 500 });
});

const NO_CRASH: Record<string, string> = {
  'nothing failed': EMPTY,
  'half of the page stays': `for (let i = 0; i < 50; i++) app.firstChild.remove(); null.x`,
  'the failure changed nothing': 'null.x',
  'it was another page': `history.pushState({}, '', '/next'); ${EMPTY}; null.x`,
  'another page came of the failure': `fetch('/status/500').then(() => {
    history.pushState({}, '', '/error'); ${EMPTY} })`,
  'the visitor must sign in again': `fetch('/status/401').then(() => { ${EMPTY} })`,
  'only the console complained': `console.error('odd'); ${EMPTY}`,
  'the page says that it is meant':
    `document.documentElement.setAttribute('data-retrospec-ignore', 'app_crash');` +
    `${EMPTY}; null.x`,
};

test('it is no crash when …', async () => {
  const names = Object.keys(NO_CRASH);
  names.forEach((name, index) => {
    stage.current.pages[`/${index}`] = page(NO_CRASH[name] ?? '');
  });
  await Promise.all(
    names.map(async (_name, index) => {
      const tab = await stage.current.open(`/${index}`);
      await tab.click('#go');
      await tab.waitForTimeout(2_700);
      await flush(tab);
    }),
  );
  const crashed = stage.current.sink.chunks
    .filter((chunk) => chunk.body.markers.some((it) => it.subkind === 'app_crash'))
    .map((chunk) => chunk.body.session.url);
  expect(crashed).toEqual([]);
});

test("the site's own images, scripts and styles that fail are told; those of others are not", async () => {
  stage.current.pages['/'] = {
    body: `<img id="logo" src="/status/404/logo.png?v=canary"><script src="/status/500/app.js"></script>
      <link rel="stylesheet" href="/missing.css">
      <img src="/gone.png" data-retrospec-ignore="failed_resource">
      <p data-private><img src="/canary-private.png"></p>
      <img src="http://tracker.invalid/pixel.gif">`,
  };
  const tab = await stage.current.open('/');
  await markerOf(stage.current, 'failed_resource');
  await tab.waitForTimeout(500);
  await flush(tab);
  const told = markers(stage.current);
  expect(told.map((it) => it.label).sort()).toEqual([
    'img /status/404/logo.png 404',
    'img 404',
    'link /missing.css 404',
    'script /status/500/app.js 500',
  ]);
  expect(new Set(told.map((it) => it.kind))).toEqual(new Set(['api_error']));
  expect(JSON.stringify(told)).not.toContain('canary');
});

test("an answer slower than the project's rules allow is told; polling is not", async () => {
  stage.current.sink.rules = { enabled: true, sampleRate: 1, slowRequestMs: 400 };
  stage.current.pages['/'] = { body: '' };
  const tab = await stage.current.open('/');
  // Then the rules are known.
  await flush(tab);
  await tab.evaluate(async () => {
    await fetch('/slow/600/report');
    for (let i = 0; i < 3; i++) await fetch('/slow/600/poll');
    await fetch('/status/200');
  });
  expect(await markerOf(stage.current, 'slow_request')).toMatchObject({
    kind: 'api_error',
    label: 'GET /slow/600/report slow',
  });
  await tab.waitForTimeout(1_700);
  await flush(tab);
  const polls = markers(stage.current).filter((it) => it.label.includes('poll'));
  expect(polls).toEqual([]);
});
