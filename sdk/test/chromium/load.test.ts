import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { replayToEnd } from './replaying';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const flush = (page: Page) =>
  page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());

const live = (page: Page) => page.evaluate(() => document.body.innerHTML);

function sumOf(reason: string): number {
  return stage.current.sink.chunks.reduce(
    (sum, chunk) => sum + (chunk.body.counters.reduced?.[reason] ?? 0),
    0,
  );
}

const customs = (tag: string) =>
  stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event) => (event.data as { tag?: string } | undefined)?.tag === tag);

/** Texts, attributes, additions, removals and moves, all over the page, in one task after the other. */
const RESTLESS = `<script>
  let seed = 7;
  const random = (n) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n;
  let rounds = 0;
  window.restless = (most) => new Promise((done) => {
    const rows = () => document.querySelectorAll('.row');
    const timer = setInterval(() => {
      for (let n = 0; n < 12; n++) {
        const all = rows();
        const row = all[random(all.length)];
        const other = all[random(all.length)];
        const kind = random(6);
        if (kind === 0) row.lastElementChild.textContent = 'text ' + random(99);
        else if (kind === 1) row.className = 'row c' + random(9);
        else if (kind === 2 && all.length > 100) row.remove();
        else if (kind === 3) row.after(Object.assign(document.createElement('div'), { className: 'row', innerHTML: '<b>new</b><i>' + random(99) + '</i>' }));
        else if (kind === 4 && row !== other) other.before(row);
        else if (row !== other && row.firstElementChild) other.append(row.firstElementChild, document.createElement('u'));
        if (!row.lastElementChild) row.append(document.createElement('s'));
      }
      if (++rounds >= most) { clearInterval(timer); done(); }
    }, 0);
  });
</script>`;

const ROWS = Array.from(
  { length: 1_500 },
  (_, n) => `<div class="row r${n}"><b>Row</b><i>${n % 50}</i></div>`,
).join('');

const RULES = Array.from({ length: 1_200 }, (_, n) => `.r${n} i { color: rgb(${n % 255}, 0, 0) }`);

test('a page that changes while its picture is taken is replayed as it is', async () => {
  stage.current.pages['/'] = {
    head: `<style>${RULES.join('\n')}</style>${RESTLESS}`,
    body: `${ROWS}<script>window.restless(60)</script>`,
  };
  const page = await stage.current.open('/');
  await page.evaluate(() =>
    (window as never as { restless(n: number): Promise<void> }).restless(90),
  );
  await flush(page);
  const { body, warnings } = await replayToEnd(stage.current);
  expect(warnings).toEqual([]);
  expect(body).toBe((await live(page)).replace(/<script>.*?<\/script>/, ''));
});

test('a second picture of a restless page is as right as the first', async () => {
  stage.current.pages['/'] = { head: RESTLESS, body: ROWS };
  const page = await stage.current.open('/');
  await flush(page);
  stage.current.sink.chunks = [];
  await page.evaluate(async () => {
    const { retrospec, restless } = window as never as RetrospecWindow & {
      restless(n: number): Promise<void>;
    };
    const done = restless(80);
    await new Promise((resolve) => setTimeout(resolve, 40));
    retrospec.pause();
    retrospec.resume();
    await done;
  });
  await flush(page);
  const { body } = await replayToEnd(stage.current);
  expect(body).toBe(await live(page));
});

test(
  'what moves while a picture of a page under load is taken is shown where it came to',
  { timeout: 60_000 },
  async () => {
    stage.current.pages['/'] = {
      body: `${ROWS}${ROWS}<div id="from"><p>moved</p></div><div id="to"></div>`,
    };
    const page = await stage.current.open('/');
    await page.evaluate(async () => {
      const rows = [...document.querySelectorAll('.row')];
      const until = performance.now() + 2_500;
      // From now on mutations are gathered for a while before they are recorded.
      for (let turn = 0; performance.now() < until;) {
        for (const row of rows.slice(0, 100)) row.id = `x${turn++}`;
        rows.push(...rows.splice(0, 100));
        await new Promise((resolve) => setTimeout(resolve));
      }
      (window as never as RetrospecWindow).retrospec.resanitize();
      // The first slice of the picture has the first row; to the last of the page it has not come.
      document.querySelector('.row b')?.append(' that has changed');
      document.querySelector('#to')?.append(document.querySelector('#from p') ?? '');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
    await flush(page);
    // It warns of a node that moved and is in no picture: there is nothing that could be taken out.
    const { body, warnings } = await replayToEnd(stage.current);
    expect(warnings.filter((it) => !it.includes('not found'))).toEqual([]);
    expect(body).toBe(await live(page));
  },
);

test('a node that changes without end is told now and then, and ends as it is', async () => {
  stage.current.pages['/'] = { body: '<p id="ticker" class="t">0</p>' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const ticker = document.querySelector('#ticker');
    for (let n = 1; n <= 300; n++) {
      ticker?.setAttribute('class', `t${n}`);
      if (ticker?.firstChild) ticker.firstChild.nodeValue = `${n}`;
      await new Promise((resolve) => setTimeout(resolve));
    }
    // The last of them waits for its turn, which comes every second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  });
  await flush(page);
  expect(sumOf('mutation_bucket')).toBeGreaterThan(50);
  expect(customs('rs.reduced').length).toBeGreaterThan(0);
  expect((await replayToEnd(stage.current)).body).toBe('<p id="ticker" class="t300">300</p>');
});

test('a flood is not recorded, and when it is over a whole picture is', async () => {
  stage.current.pages['/'] = { body: '<ul id="list"></ul>' };
  const page = await stage.current.open('/');
  await flush(page);
  await page.evaluate(async () => {
    const list = document.querySelector('#list');
    for (let n = 0; n < 11_000; n++) {
      const item = document.createElement('li');
      list?.append(item);
      if (n > 20) item.remove();
    }
    await new Promise((resolve) => setTimeout(resolve, 900));
  });
  await page.evaluate(() => document.querySelector('#list')?.append('after'));
  await flush(page);
  expect(sumOf('mutation_pause')).toBeGreaterThanOrEqual(10_000);
  const snapshots = stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .filter((event) => event.type === 2);
  expect(snapshots).toHaveLength(2);
  expect((await replayToEnd(stage.current)).body).toBe(await live(page));
});

test('under load a click still finds what it hit, however new that is', async () => {
  stage.current.pages['/'] = {
    body: '<table></table><div id="menu"></div>',
    head: `<script>setInterval(() => {
      for (let n = 0; n < 400; n++) document.querySelector('table').className = 'x' + Math.random();
      for (let n = 0; n < 400; n++) document.querySelector('table').id = 'x' + Math.random();
    }, 100);</script>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(2_500);
  await page.evaluate(() => {
    const menu = document.querySelector('#menu');
    if (menu) menu.innerHTML = '<button id="new">New</button>';
    const init = { bubbles: true, composed: true };
    document.querySelector('#new')?.dispatchEvent(new PointerEvent('pointerdown', init));
    document.querySelector('#new')?.dispatchEvent(new MouseEvent('click', init));
  });
  await flush(page);
  const clicks = stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .map((event) => event.data as { source?: number; type?: number; id?: number })
    .filter((data) => data.source === 2 && data.type === 2);
  expect(clicks.map(({ id }) => (id ?? -1) > 0)).toEqual([true]);
});
