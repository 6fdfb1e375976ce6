import { expect, test } from 'vitest';
import { flush } from './sightings';
import { useStage } from './stages';

const stage = useStage();

/** All that left the page, as text. */
function sent(): string {
  return stage.current.sink.chunks.map((chunk) => chunk.text).join('');
}

const EXCLUDING = { enabled: true, sampleRate: 1, excludedPages: ['/patient/*'] };

test('a first visit to an excluded page sends nothing of it, however much fails there', async () => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    body: `<p>diagnosis ${'x'.repeat(250_000)}</p><script>null.boom()</script>`,
  };
  const page = await stage.current.open('/patient/17');
  await page.waitForFunction(() => performance.now() > 1_500);
  await flush(page);
  expect(sent()).not.toContain('diagnosis');
});

test('rules that are stricter than the page hold for its first visit, too', async () => {
  const { pages, sink } = stage.current;
  sink.rules = { enabled: true, sampleRate: 1, privacyLevel: 'strict' };
  pages['/'] = {
    body: `<p>diagnosis ${'x'.repeat(250_000)}</p><script>null.boom()</script>`,
  };
  const page = await stage.current.open('/');
  await sink.until((chunk) => chunk.body.events.some((event) => event.type === 2));
  await flush(page);
  expect(sent()).not.toContain('diagnosis');
});

test('what stands on an excluded page when it is left is not taken for the next one', async () => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    body: `<main id="app"><p>diagnosis</p></main>
      <script>function leave() {
        history.pushState({}, '', '/home');
        document.querySelector('p').textContent = 'diagnosis, once more';
        setTimeout(() => { document.getElementById('app').innerHTML = '<p>welcome home</p>'; }, 300);
      }</script>`,
  };
  const page = await stage.current.open('/patient/17');
  await page.waitForFunction(() => performance.now() > 1_000);
  await page.evaluate(() => (window as never as { leave(): void }).leave());
  await sink.until((chunk) => chunk.text.includes('welcome home'), 15_000);
  await flush(page);
  expect(sent()).not.toContain('diagnosis');
});

/** A patient's page within a shell; what its script defines is called by the test. */
function patientPage(script: string, around = ''): string {
  return `${around}<main id="app"><h1>patient</h1><p>diagnosis</p><p title="therapy">one</p>
    <div id="menu"><b>go</b></div></main>
    <script>
      const app = document.getElementById('app');
      const swap = () => (app.innerHTML = '<h1>home</h1><p>welcome home</p>');
      ${script}
    </script>`;
}

async function leave(): Promise<void> {
  const page = await stage.current.open('/patient/17');
  await page.waitForFunction(() => performance.now() > 1_000);
  await page.evaluate(() => (window as never as { leave(): void }).leave());
  await stage.current.sink.until((chunk) => chunk.text.includes('welcome home'), 15_000);
  await flush(page);
}

/** What the patient's page holds. */
const STAYS = /x-ray|diagnosis|therapy|Jane|"patient"/;

test.each([
  ['a menu closes while the next page is loaded', 1_000],
  ['the next page takes long', 4_000],
])('an excluded page that stays on screen is in no picture: %s', async (_, ms) => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    body: patientPage(`function leave() {
      history.pushState({}, '', '/home');
      document.getElementById('menu').remove();
      setTimeout(swap, ${ms});
    }`),
  };
  await leave();
  expect(sent()).not.toMatch(STAYS);
  const pictures = sink.chunks.flatMap((it) => it.body.events).filter((it) => it.type === 2);
  expect(pictures.length).toBeGreaterThan(0);
  expect(JSON.stringify(pictures[0])).toContain('welcome home');
});

test('what was there with an excluded page and stays is masked, also where nobody can tell', async () => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    head: '<title>therapy</title>',
    body: patientPage(
      `function leave() {
        history.pushState({}, '', '/home');
        swap();
        document.querySelector('nav b').textContent = 'diagnosis of today';
      }`,
      '<nav><b>diagnosis</b><a href="/therapy" title="therapy">of Jane</a></nav>',
    ),
  };
  await leave();
  expect(sent()).not.toMatch(STAYS);
});

test('going back from an excluded page, what the page shows at once is the next one', async () => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    body: patientPage(`
      addEventListener('popstate', swap);
      history.replaceState({}, '', '/home');
      history.pushState({}, '', '/patient/17');
      function leave() { history.back(); }`),
  };
  await leave();
  expect(sent()).not.toMatch(STAYS);
});

/** The page with a patient is left before what is asked for has come; then it is told. */
async function leaveBefore(asked: string, then = ''): Promise<void> {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/patient/17'] = {
    body: patientPage(
      `function leave() {
        history.pushState({}, '', '/home');
        document.querySelector('p').textContent = 'diagnosis, once more';
      }`,
      '<img src="/status/404/x-ray.png">',
    ),
  };
  const page = await stage.current.open('about:blank');
  let answer: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (answer = resolve));
  await page.route(asked, async (route) => {
    await left;
    await route.continue();
  });
  await page.goto(`${stage.current.siteUrl}/patient/17`, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction("document.querySelector('img').complete");
  await page.evaluate('leave()');
  await page.evaluate(then);
  answer();
  await flush(page);
  await page.evaluate('swap()');
  await sink.until((chunk) => chunk.text.includes('welcome home'));
  await flush(page);
}

test('a page that was left before the rules came is excluded all the same, as long as it stands', async () => {
  await leaveBefore('**/config**');
  expect(sent()).not.toMatch(STAYS);
});

test('it stays excluded when the page changes its level before the rules came', async () => {
  await leaveBefore('**/config**', `retrospec.setPrivacyLevel('minimal')`);
  expect(sent()).not.toMatch(STAYS);
});

test('so is a page that was left before the recorder came', async () => {
  await leaveBefore('**/*-recorder.js*');
  expect(sent()).not.toMatch(STAYS);
});

test('a chunk that is cut on an excluded page tells the address of the one before', async () => {
  const { pages, sink } = stage.current;
  sink.rules = EXCLUDING;
  pages['/list'] = { body: '<h1>Patients</h1>' };
  const page = await stage.current.open('/list');
  await flush(page);
  await page.evaluate(() => {
    const { retrospec } = window as never as { retrospec: { addCustomEvent(name: string): void } };
    retrospec.addCustomEvent('opens a patient');
    history.pushState({}, '', '/patient/jane-doe');
  });
  await flush(page);
  await sink.until((chunk) => chunk.text.includes('opens a patient'));
  expect(sent()).not.toContain('jane-doe');
});
