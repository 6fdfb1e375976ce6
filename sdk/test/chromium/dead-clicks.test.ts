import { expect, test } from 'vitest';
import { flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

/** Longer than a dead click is waited for. */
const JUDGED_MS = 3_200;

test('a click on a control after which nothing happens is a dead click', async () => {
  stage.current.pages['/'] = { body: '<button id="pay">Pay now</button>' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_200);
  await page.click('#pay');
  expect(await markerOf(stage.current, 'dead_click')).toMatchObject({
    kind: 'ui_no_effect',
    label: 'Dead click on "Pay now"',
    element: { selector: 'button#pay', text: 'Pay now' },
  });
  expect(markers(stage.current)).toHaveLength(1);
});

test('a div that looks like a control can be dead, too', async () => {
  stage.current.pages['/'] = { body: '<div id="go" style="cursor: pointer">Go</div>' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_200);
  await page.click('#go');
  expect((await markerOf(stage.current, 'dead_click')).element).toEqual({ selector: 'div#go' });
});

const onClick = (code: string) => `<button id="it" onclick="${code}">It</button>`;

/** Clicks that nobody may call dead; each is one page, and `#it` is clicked. */
const ALIVE: Record<string, string> = {
  'changes the page at once': onClick(`document.body.append('more')`),
  'changes an attribute after two seconds': onClick(
    `setTimeout(() => { document.body.className = 'on' }, 2000)`,
  ),
  'opened something when the button went down': `<button id="it"
    onpointerdown="document.body.append('menu')">It</button>`,
  'changes something within its own shadow root': `<x-it></x-it><script>
    customElements.define('x-it', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<button id="it">It</button><p></p>';
        root.querySelector('button').onclick = () => root.querySelector('p').append('more');
      }
    });</script>`,
  scrolls: `${onClick('window.scrollTo(0, 900)')}<div style="height: 5000px"></div>`,
  'selects text': `<p id="text">Words</p>${onClick(
    `getSelection().selectAllChildren(document.querySelector('#text'))`,
  )}`,
  'opens a window': onClick(`window.open('about:blank', 'other')`),
  'prints, copies or saves': onClick(`window.URL.createObjectURL(new Blob(['x']))`),
  'copies a text': onClick(`navigator.clipboard?.writeText('x').catch(() => 0)`),
  'goes to another address': onClick(`history.pushState({}, '', '/next')`),
  'unfolds a menu by style alone': `<style>#menu { opacity: 0; transition: opacity .2s }
    #it:focus + #menu { opacity: 1 }</style>${onClick('')}<div id="menu">Menu</div>`,
  'asks the visitor': onClick(`const end = Date.now() + 600; while (Date.now() < end);`),
  'is a link': '<a id="it" href="#top">It</a>',
  'is a download': '<a id="it" download href="data:text/plain,x">It</a>',
  'is a field': '<input id="it" style="cursor: pointer">',
  'is editable text': '<div id="it" contenteditable style="cursor: pointer">It</div>',
  'is a label': '<label id="it" style="cursor: pointer">It <input type="checkbox"></label>',
  'is a list of choices': '<select id="it"><option>1</option></select>',
  'is media': '<video id="it" style="cursor: pointer" width="90" height="90"></video>',
  'is a canvas': '<canvas id="it" style="cursor: pointer" width="90" height="90"></canvas>',
  'may draw on a canvas': `${onClick('')}<canvas width="90" height="90"></canvas>`,
  'is the tab that is open': '<button id="it" role="tab" aria-selected="true">It</button>',
  'is switched off': '<button id="it" aria-disabled="true">It</button>',
  'is plain text': '<p id="it">Words</p>',
  'is a form that the browser refuses': `<form><input required><button id="it">It</button></form>`,
  'sends a form': `<form target="frame" action="/status/200"><button id="it">It</button></form>
    <iframe name="frame"></iframe>`,
  'is told to be ignored': '<div data-retrospec-ignore><button id="it">It</button></div>',
  'is told to be ignored as a dead click': `<div data-retrospec-ignore="rage_click dead_click">
    <button id="it">It</button></div>`,
};

test('a click is not dead when it …', async () => {
  const names = Object.keys(ALIVE);
  names.forEach((name, index) => {
    stage.current.pages[`/${index}`] = { body: ALIVE[name] ?? '', tag: `data-site="s${index}"` };
  });
  for (let from = 0; from < names.length; from += 10) {
    await Promise.all(
      names.slice(from, from + 10).map(async (_name, offset) => {
        const page = await stage.current.open(`/${from + offset}`);
        await page.waitForTimeout(1_200);
        await page.click('#it', { force: true });
        await page.waitForTimeout(JUDGED_MS);
        if (!page.isClosed()) await flush(page);
        await page.close();
      }),
    );
  }
  const dead = stage.current.sink.chunks
    .filter((chunk) => chunk.body.markers.some((it) => it.subkind === 'dead_click'))
    .map((chunk) => names[Number(String(chunk.body.session.url).split('/').at(-1))]);
  expect(dead).toEqual([]);
  expect(stage.current.pageErrors).toEqual([]);
}, 60_000);

test('with a key held, or when the tab just came back, nobody says dead', async () => {
  stage.current.pages['/'] = { body: '<button id="pay">Pay</button><button id="b">B</button>' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_200);
  await page.click('#pay', { modifiers: ['Shift'] });
  await page.waitForTimeout(JUDGED_MS);
  await page.evaluate(() => {
    const comeBack = () => window.dispatchEvent(new Event('focus'));
    addEventListener('pointerdown', comeBack, { capture: true, once: true });
  });
  await page.click('#b');
  await page.waitForTimeout(JUDGED_MS);
  await flush(page);
  expect(markers(stage.current)).toEqual([]);
});

test('a press that became no click does not blind the watch over the next one', async () => {
  stage.current.pages['/'] = {
    body: `<button id="a">A</button><p>between</p>
      <button id="b" onclick="document.querySelector('p').textContent = 'done'">B</button>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(300);
  await page.hover('#a');
  await page.mouse.down();
  await page.hover('p');
  await page.mouse.up();
  // The first press is forgotten after 2.75 s, which is while the second is down.
  await page.waitForTimeout(2_200);
  await page.hover('#b');
  await page.mouse.down();
  await page.waitForTimeout(1_000);
  await page.mouse.up();
  await page.waitForTimeout(JUDGED_MS);
  await flush(page);
  expect(markers(stage.current).map((it) => it.subkind)).toEqual([]);
});

test('a click that makes something fail is told once, as that failure, however often it is pressed', async () => {
  stage.current.pages['/'] = {
    body: onClick(`fetch('/gone').then((answer) => { if (!answer.ok) throw new Error('gone') })`),
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_200);
  await page.click('#it');
  await page.waitForTimeout(300);
  for (let press = 0; press < 4; press++) await page.click('#it');
  await page.waitForTimeout(JUDGED_MS);
  await flush(page);
  const told = new Set(markers(stage.current).map(({ kind }) => kind));
  expect(told).toEqual(new Set(['api_error', 'js_exception']));
});
