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

const SCENARIOS = {
  // Two documents, as a visit has them.
  async typical(site, page, seconds, mark) {
    for (const id of [12, 31]) {
      await page.goto(`${site.url}/typical`);
      await paced(seconds / 2, visit(page, id));
      await mark();
    }
  },
  async mutating(site, page, seconds, mark) {
    await page.goto(`${site.url}/mutating`);
    await pause(seconds * 1000);
    await mark();
  },
  // The page stands before the recorder starts, so that what is traced is the recorder's alone.
  async big(site, page, seconds, mark, tracing) {
    await page.goto(`${site.url}/big`);
    await pause(1500);
    await mark();
    await tracing.start();
    await page.evaluate((tags) => {
      const holder = document.createElement('template');
      holder.innerHTML = tags;
      for (const tag of holder.content.querySelectorAll('script')) {
        const script = document.createElement('script');
        for (const { name, value } of tag.attributes) script.setAttribute(name, value);
        // currentScript of a script that was added is only there while it is not async.
        script.async = false;
        document.head.append(script);
      }
    }, RECORDERS[site.recorder]);
    await pause(seconds * 1000);
    await tracing.stop();
    await mark();
  },
};

/** Main-thread seconds are processor time of that thread: other processes of the machine do not count. */
export async function measure(browser, site, { page: name, recorder, seconds }) {
  site.reset(recorder, name === 'big');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  await client.send('HeapProfiler.enable');
  const metrics = async () => {
    const answer = await client.send('Performance.getMetrics');
    return Object.fromEntries(answer.metrics.map(({ name: key, value }) => [key, value]));
  };
  const tracing = createTracing(client);
  let before = await metrics();
  const sum = { task: 0, script: 0 };
  const parts = [];
  const mark = async () => {
    const now = await metrics();
    // A new document may bring a new renderer, whose counts begin anew.
    const base =
      now.TaskDuration < before.TaskDuration ? { TaskDuration: 0, ScriptDuration: 0 } : before;
    const part = {
      task: now.TaskDuration - base.TaskDuration,
      script: now.ScriptDuration - base.ScriptDuration,
    };
    parts.push(part);
    sum.task += part.task;
    sum.script += part.script;
    before = now;
  };
  await SCENARIOS[name](site, page, seconds, mark, tracing);
  const own = name === 'big' ? parts.at(-1) : sum;
  await page.evaluate(() => window.rest?.());
  // Each of them sends every few seconds; what it gathered by now counts.
  await pause(SEND_EVERY_MS);
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.collectGarbage');
  const heap = (await metrics()).JSHeapUsedSize;
  const wireBytes = site.wireBytes;
  const loaded = [...site.loaded];
  await context.close();
  return {
    taskSeconds: own.task,
    scriptSeconds: own.script,
    heapBytes: heap,
    wirePerMinute: (wireBytes * 60) / seconds,
    wireBytes,
    requests: site.requests,
    longestTaskMs: tracing.longestTaskMs(),
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
    },
    /** The longest task of any renderer's main thread, in milliseconds of its processor time. */
    longestTaskMs() {
      const mains = new Set(
        events
          .filter((it) => it.name === 'thread_name' && it.args.name === 'CrRendererMain')
          .map((it) => `${it.pid}:${it.tid}`),
      );
      return events
        .filter((it) => it.name === 'RunTask' || it.name === 'ThreadControllerImpl::RunTask')
        .filter((it) => mains.has(`${it.pid}:${it.tid}`))
        .reduce((longest, it) => Math.max(longest, (it.tdur ?? it.dur) / 1000), 0);
    },
  };
}
