import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './site';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const FORM = `
  <h1>Public heading</h1>
  <p data-private>canary-private-text <img src="/canary-private-image.png" alt="canary-private-alt"></p>
  <p class="salary">canary-selected-text</p>
  <a id="link" href="/orders?customer=canary-query" title="canary-title" data-customer="canary-data">Orders</a>
  <form id="form">
    <input type="hidden" name="jakarta.faces.ViewState" value="canary-hidden">
    <label><input id="radio" type="radio" name="plan" value="canary-radio"> Plan</label>
    <label><input id="radio2" type="radio" name="plan" value="canary-radio-two" checked> Plan two</label>
    <label><input id="box" type="checkbox" name="box" value="canary-checkbox"> Box</label>
    <input id="text" name="note" placeholder="canary-placeholder" value="canary-prefilled">
    <input id="cleared" name="cleared" value="canary-cleared">
    <input id="password" type="password" name="password">
    <textarea id="area">canary-area-initial</textarea>
    <select id="select"><option value="canary-option-one">One</option><option value="canary-option-two">Two</option></select>
    <div id="editable" contenteditable="true">canary-editable</div>
    <input type="submit" value="Send the form">
  </form>
  <!-- canary-comment -->`;

async function fillIn(page: Awaited<ReturnType<Stage['open']>>): Promise<void> {
  await page.fill('#text', 'canary-typed-text');
  await page.fill('#cleared', '');
  await page.check('#radio');
  await page.check('#box');
  await page.fill('#password', 'canary-typed-password');
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#password');
    if (field) {
      field.type = 'text';
      field.value = 'canary-shown-password';
    }
  });
  await page.fill('#password', 'canary-shown-password-typed');
  await page.fill('#area', 'canary-area-typed');
  await page.selectOption('#select', 'canary-option-two');
  await page.evaluate(() => {
    document.querySelector('#editable')?.append('canary-editable-added');
    document.querySelector('#link')?.setAttribute('title', 'canary-title-changed');
    document.querySelector('#link')?.setAttribute('href', '/orders?customer=canary-query-changed');
    document.querySelector('input[type=hidden]')?.setAttribute('value', 'canary-hidden-changed');
    document.querySelector('#radio')?.setAttribute('value', 'canary-radio-changed');
    document.querySelector('[data-private]')?.append('canary-private-added');
    const area = document.querySelector('#area');
    if (area?.firstChild) area.firstChild.nodeValue = 'canary-area-node';
    const added = document.createElement('div');
    added.innerHTML =
      '<input type="hidden" value="canary-hidden-added"><b title="canary-title-added">Later</b>';
    document.body.append(added);
  });
}

async function everythingSent(page: Awaited<ReturnType<Stage['open']>>): Promise<string> {
  await page.waitForTimeout(300);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  return stage.sink.chunks.map((chunk) => chunk.text).join('\n');
}

interface RetrospecWindow {
  retrospec: { flush(): Promise<void>; setPrivacyLevel(level: string): void };
}

function canariesIn(wire: string): string[] {
  return [...new Set(wire.match(/canary[\w-]*/g) ?? [])];
}

test('no value of any input, private text or attribute reaches the wire', async () => {
  stage.pages['/'] = {
    head: '<meta name="csrf-token" content="canary-meta">',
    body: FORM,
    tag: 'data-private-selectors=".salary"',
  };
  const page = await stage.open('/?token=canary-address');
  await fillIn(page);
  const wire = await everythingSent(page);

  expect(canariesIn(wire)).toEqual([]);
  expect(wire).toContain('Public heading');
  expect(wire).toContain('Send the form');
  expect(wire).toContain('Later');
  expect(wire).toContain('/orders?customer=_');
  const masked = stage.sink.chunks.reduce((sum, chunk) => sum + chunk.body.counters.masked, 0);
  expect(masked).toBeGreaterThan(5);
  expect(stage.pageErrors).toEqual([]);
});

test('the choice of a radio, a checkbox or a list is not told either', async () => {
  stage.pages['/'] = { body: FORM };
  const page = await stage.open('/');
  await fillIn(page);
  const wire = await everythingSent(page);

  expect(wire).not.toContain('"checked":true');
  expect(wire).not.toContain('"isChecked":true');
  expect(wire).not.toContain('"selected":true');
});

test('strict masks all text', async () => {
  stage.pages['/'] = {
    body: '<h1>canary-heading</h1><button>canary-button</button>',
    tag: 'data-privacy-level="strict"',
  };
  const page = await stage.open('/');
  await page.evaluate(() => document.body.append('canary-added'));
  const wire = await everythingSent(page);

  expect(canariesIn(wire)).toEqual([]);
  expect(wire).toContain('"tagName":"h1"');
});

test('minimal shows an ordinary field and still hides passwords, hidden and private ones', async () => {
  stage.pages['/'] = {
    tag: 'data-privacy-level="minimal"',
    body: `<input id="quantity" name="quantity"><input type="hidden" value="canary-hidden">
      <input id="password" type="password"><input id="email" type="email">
      <div data-private><input id="inside" name="quantity2"></div>`,
  };
  const page = await stage.open('/');
  await page.fill('#quantity', 'forty-two');
  await page.fill('#password', 'canary-password');
  await page.fill('#email', 'canary@example.com');
  await page.fill('#inside', 'canary-inside');
  const wire = await everythingSent(page);

  expect(canariesIn(wire)).toEqual([]);
  expect(wire).toContain('forty-two');
});

/** A custom element as frameworks make them: all it shows stands in its shadow. */
function card(attribute: string): string {
  return `<user-card ${attribute}></user-card><script>
    document.querySelector('user-card').attachShadow({ mode: 'open' }).innerHTML =
      '<style>b { color: red }</style>canary-bare <b>canary-inside</b>';
  </script>`;
}

test.each([
  ['balanced', 'data-private'],
  ['strict', ''],
])('%s masks the text in the shadow of an element that is marked "%s"', async (level, mark) => {
  stage.pages['/'] = { body: card(mark), tag: `data-privacy-level="${level}"` };
  const page = await stage.open('/');
  await page.evaluate(() => {
    const root = document.querySelector('user-card')?.shadowRoot;
    root?.append('canary-appended');
    const text = root?.querySelector('b')?.firstChild;
    if (text) text.nodeValue = 'canary-changed';
  });
  const wire = await everythingSent(page);

  expect(canariesIn(wire)).toEqual([]);
  expect(wire).toContain('color: red');
});

test('what is not private stays readable in a shadow', async () => {
  stage.pages['/'] = { body: card('') };
  const page = await stage.open('/');

  expect(canariesIn(await everythingSent(page))).toEqual(['canary-bare', 'canary-inside']);
});

test('a stricter level at run time holds from then on', async () => {
  stage.pages['/'] = { body: '<h1 id="title">Before</h1>' };
  const page = await stage.open('/');
  await page.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.setPrivacyLevel('strict');
    const title = document.querySelector('#title');
    if (title) title.textContent = 'canary-after';
  });
  const wire = await everythingSent(page);

  expect(wire).toContain('Before');
  expect(canariesIn(wire)).toEqual([]);
});

test('a mark on a frame, or around it, holds in the document of the frame', async () => {
  stage.pages['/inner'] = {
    body: `<p id="text">canary-first</p><img src="/canary.png" alt="">
      <input id="field" value="canary-value">`,
    tag: null,
  };
  stage.pages['/'] = {
    body: `<p>Public</p><div data-private><iframe src="/inner"></iframe></div>`,
    tag: 'data-privacy-level="minimal"',
  };
  const page = await stage.open('/');
  const inner = page.frames().find((frame) => frame.url().endsWith('/inner'));
  await stage.sink.until((chunk) => chunk.text.includes('iframe'), 8_000);
  await inner?.evaluate(() => {
    const text = document.querySelector('#text');
    if (text?.firstChild) text.firstChild.nodeValue = 'canary-changed';
    document.body.insertAdjacentHTML(
      'beforeend',
      '<p>canary-added <a href="/canary-link">x</a></p>',
    );
  });
  await inner?.fill('#field', 'canary-typed');
  await page.waitForTimeout(500);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  const wire = stage.sink.chunks.map((chunk) => chunk.text).join();
  expect(wire).toContain('Public');
  expect(wire).toContain('isAttachIframe');
  expect(wire).not.toContain('canary');
});
