// One page, one recorder, one fresh browser context: what the page's main thread did.
import { RECORDERS } from './recorders.mjs';

/** The slowest of the recorders sends every 5.5 s. */
const SEND_EVERY_MS = 7_000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A person's pace, the same for every recorder: each step begins at its time, however long others took. */
async function paced(seconds, steps) {
  const began = Date.now();
  for (const [index, step] of steps.entries()) {
    await step();
    await pause(began + ((index + 1) * seconds * 1000) / steps.length - Date.now());
  }
}

function visit(page, id) {
  return [
    () => page.mouse.move(300, 300, { steps: 20 }),
    () => page.locator('#filter').pressSequentially('fern 4', { delay: 60 }),
    () => page.locator('#filter').fill(''),
    () => page.mouse.wheel(0, 900),
    () => page.mouse.move(500, 420, { steps: 20 }),
    () => page.locator(`[data-id="${id}"] .open`).click(),
    () => page.mouse.wheel(0, 300),
    () => page.click('#to-order'),
    () => page.locator('[name=name]').pressSequentially('Ada Lovelace', { delay: 50 }),
    () => page.locator('[name=street]').pressSequentially('12 Garden Row', { delay: 50 }),
    () => page.locator('[name=shipping]').selectOption('Courier'),
    () => page.locator('[name=remark]').pressSequentially('Ring twice please', { delay: 40 }),
    () => page.click('#send'),
    () => page.mouse.move(200, 200, { steps: 20 }),
    () => page.click('#to-list'),
  ];
}

/** Each opens its pages by `open`, which watches what their main threads do until they are closed. */
const SCENARIOS = {
  // Two documents, as a visit has them.
  async typical(site, open, seconds) {
    for (const id of [12, 31]) {
      const watched = await open(`${site.url}/typical`);
      await paced(seconds / 2, visit(watched.page, id));
      await watched.rest();
    }
  },
  async mutating(site, open, seconds) {
    const watched = await open(`${site.url}/mutating`);
    // By its own count: on a busy machine a timer comes late, and later beside a busy recorder.
    await watched.page.waitForFunction((ticks) => window.ticks >= ticks, seconds * 10, {
      polling: 50,
      timeout: 120_000,
    });
    await watched.rest();
  },
  // The page stands before the recorder starts, so that what is traced is the recorder's alone.
  async big(site, open, seconds) {
    const watched = await open(`${site.url}/big`);
    await pause(1500);
    await watched.beginHere();
    await watched.page.evaluate((tags) => {
      const holder = document.createElement('template');
      holder.innerHTML = tags;
      for (const tag of holder.content.querySelectorAll('script')) {
        const script = document.createElement('script');
        for (const { name, value } of tag.attributes) script.setAttribute(name, value);
        document.head.append(script);
      }
    }, RECORDERS[site.recorder]);
    await pause(seconds * 1000);
    await watched.rest();
  },
};

/** Main-thread seconds are processor time of that thread: other processes of the machine do not count. */
export async function measure(browser, site, { page: name, recorder, seconds }) {
  site.reset(recorder, name === 'big');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const sum = { taskSeconds: 0, scriptSeconds: 0, heapBytes: 0, longestTaskMs: 0 };

  async function open(url) {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    await client.send('HeapProfiler.enable');
    const metrics = async () => {
      const answer = await client.send('Performance.getMetrics');
      return Object.fromEntries(answer.metrics.map(({ name: key, value }) => [key, value]));
    };
    let base = { TaskDuration: 0, ScriptDuration: 0 };
    let tracing;
    await page.goto(url);
    return {
      page,
      async beginHere() {
        base = await metrics();
        tracing = createTracing(client);
        await tracing.start();
      },
      async rest() {
        if (tracing) sum.longestTaskMs = await tracing.stop();
        const now = await metrics();
        sum.taskSeconds += now.TaskDuration - base.TaskDuration;
        sum.scriptSeconds += now.ScriptDuration - base.ScriptDuration;
        await page.evaluate(() => window.rest?.());
        await pause(SEND_EVERY_MS);
        await client.send('HeapProfiler.collectGarbage');
        await client.send('HeapProfiler.collectGarbage');
        sum.heapBytes = Math.max(sum.heapBytes, (await metrics()).JSHeapUsedSize);
        await page.close();
      },
    };
  }

  await SCENARIOS[name](site, open, seconds);
  const { wireBytes, requests } = site;
  const loaded = [...site.loaded];
  await context.close();
  return {
    ...sum,
    wireBytes,
    wirePerMinute: (wireBytes * 60) / seconds,
    requests,
    seconds,
    loaded,
  };
}

function createTracing(client) {
  const events = [];
  let done;
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  client.on('Tracing.tracingComplete', () => done?.());
  return {
    start: () =>
      client.send('Tracing.start', {
        traceConfig: {
          includedCategories: ['toplevel', 'devtools.timeline', '__metadata', 'blink.user_timing'],
        },
        transferMode: 'ReportEvents',
      }),
    async stop() {
      const complete = new Promise((resolve) => (done = resolve));
      await client.send('Tracing.end');
      await complete;
      return longestTaskMs();
    },
  };

  /** The longest task of any renderer's main thread, in milliseconds of its processor time. */
  function longestTaskMs() {
    const mains = new Set(
      events
        .filter((it) => it.name === 'thread_name' && it.args.name === 'CrRendererMain')
        .map((it) => `${it.pid}:${it.tid}`),
    );
    return events
      .filter((it) => it.name === 'RunTask' || it.name === 'ThreadControllerImpl::RunTask')
      .filter((it) => mains.has(`${it.pid}:${it.tid}`))
      .reduce((longest, it) => Math.max(longest, (it.tdur ?? it.dur ?? 0) / 1000), 0);
  }
}
