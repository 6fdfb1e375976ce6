import { expect, test } from 'vitest';
import { customEvents, flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();
test('every click is told with its selector, and with the label of a control', async () => {
  stage.current.pages['/'] = {
    body: `<button id="pay">Pay <b>now</b></button><p id="text">Words</p>
           <div data-private><button id="own">Call Ada</button></div>
           <table><tr><td><button id="form:table:17:save">Save</button></td></tr></table>`,
  };
  const page = await stage.current.open('/');
  await page.click('#pay b');
  await page.click('#text');
  await page.click('#own');
  await page.click('[id="form:table:17:save"]');
  await page.evaluate(() => document.querySelector<HTMLElement>('#pay')?.click());
  await flush(page);
  expect(customEvents(stage.current, 'rs.click')).toEqual(
    [
      { selector: 'button#pay > b', label: 'Pay now' },
      { selector: 'body > p#text' },
      { selector: 'body > div > button#own' },
      { selector: 'button#form:table:*:save', label: 'Save' },
    ].map((it) => expect.objectContaining({ ...it, selector: expect.any(String) })),
  );
  const wire = stage.current.sink.chunks.flatMap((it) => it.body.events);
  const labels = wire.filter((it) => it.data.tag === 'rs.click').map((it) => it.data.payload);
  expect(labels[3]?.selector).toBe('button#form:table:*:save');
  expect(JSON.stringify(labels)).not.toContain('Ada');
});

test('no label tells what is private, blocked or typed within a control', async () => {
  stage.current.pages['/'] = {
    body: `<button id="mixed">Call <i data-private>canary</i> now</button>
      <div data-block><button id="boxed">canary</button></div>
      <label id="field">Note <textarea>canary</textarea></label>
      <div role="button" id="rich">Edit <b contenteditable>canary</b></div>
      <button id="mail">Mail canary@shop.example</button>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(300);
  for (const id of ['mixed', 'field', 'rich', 'mail']) {
    await page.click(`#${id}`, { position: { x: 3, y: 3 } });
  }
  await page.click('#boxed');
  await flush(page);
  const clicks = customEvents(stage.current, 'rs.click');
  expect(clicks.map((it) => it.label)).toEqual([
    'Call now',
    'Note',
    'Edit',
    'Mail *******************',
    undefined,
  ]);
  expect(JSON.stringify([clicks, markers(stage.current)])).not.toContain('canary');
});

test('at the strict level no click tells a label', async () => {
  stage.current.sink.rules = { enabled: true, sampleRate: 1, privacyLevel: 'strict' };
  stage.current.pages['/'] = { body: '<button id="pay">Pay now</button>' };
  const page = await stage.current.open('/');
  // Then the rules are known.
  await flush(page);
  await page.click('#pay');
  await flush(page);
  expect(customEvents(stage.current, 'rs.click').at(-1)).toEqual({ selector: 'button#pay' });
});

test('a form with a field named id is a form like others', async () => {
  stage.current.pages['/'] = {
    body: `<form><input type="hidden" name="id" value="7"><button type="button">Save</button></form>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(300);
  await page.click('button');
  await flush(page);
  expect(customEvents(stage.current, 'rs.click')).toMatchObject([{ label: 'Save' }]);
});

test('a click that throws is told by the exception itself, once', async () => {
  stage.current.pages['/'] = {
    body: `<button id="pay" onclick="setTimeout(() => { document.body.append('!'); null.pay() }, 50)">Pay</button>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(300);
  await page.click('#pay');
  expect(await markerOf(stage.current, 'error_click')).toMatchObject({
    kind: 'js_exception',
    label: "TypeError: Cannot read properties of null (reading 'pay')",
    element: { selector: 'button#pay', text: 'Pay' },
    error: { type: 'TypeError' },
  });
  expect(markers(stage.current)).toHaveLength(1);
});

test('a click whose request fails is an error click; one beside a failing poll is not', async () => {
  stage.current.pages['/'] = {
    body: `<button id="pay" onclick="fetch('/status/500'); this.append('.')">Pay</button>
           <button id="other" onclick="this.append('.')">Other</button>
           <script>setInterval(() => fetch('/status/503'), 200)</script>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(700);
  await page.click('#other');
  await page.waitForTimeout(1_200);
  expect(markers(stage.current).map((it) => it.subkind)).not.toContain('error_click');
  await page.click('#pay');
  expect(await markerOf(stage.current, 'error_click')).toMatchObject({
    kind: 'api_error',
    label: 'GET /status/500 500',
    request: { status: 500 },
  });
});

test("rage is what the project's rules say", async () => {
  stage.current.sink.rules = {
    enabled: true,
    sampleRate: 1,
    rage: { clicks: 5, radiusPx: 30, windowMs: 2_000 },
  };
  stage.current.pages['/'] = { body: `<button id="pay" onclick="this.append('.')">Pay</button>` };
  const page = await stage.current.open('/');
  // Then the rules are known.
  await flush(page);
  await page.click('#pay', { clickCount: 4, delay: 10 });
  await page.waitForTimeout(2_500);
  await flush(page);
  expect(markers(stage.current)).toEqual([]);
  await page.click('#pay', { clickCount: 5, delay: 10 });
  expect((await markerOf(stage.current, 'rage_click')).evidence).toBe('5 clicks within 2000 ms');
});

test('a button that failed once may be clicked in anger later', async () => {
  stage.current.pages['/'] = {
    body: `<button id="pay" onclick="this.append('.'); if (!window.done) { done = true; null.pay(); }">
           Pay</button>`,
  };
  const page = await stage.current.open('about:blank');
  await page.clock.install();
  await page.goto(`${stage.current.siteUrl}/`);
  await page.clock.runFor(1_000);
  await page.click('#pay');
  await page.click('#pay', { clickCount: 3, delay: 10 });
  await page.clock.runFor(12_000);
  await flush(page);
  expect(markers(stage.current).map((it) => it.subkind)).toEqual(['error_click']);
  await page.click('#pay', { clickCount: 3, delay: 10 });
  await page.clock.runFor(5_000);
  await markerOf(stage.current, 'rage_click');
});

test('many clicks that are meant are no rage', async () => {
  const body = `<button class="it" onclick="this.dataset.n = Math.random()">+</button>
    <button class="it" aria-label="Next month" onclick="this.dataset.n = Math.random()">&gt;</button>
    <video class="it" width="90" height="90"></video>
    <div data-retrospec-ignore="rage_click, dead_click"><button class="it">Game</button></div>
    <input class="it" type="number">
    <p class="it">Words that are selected by a triple click</p>`;
  stage.current.pages['/'] = { body };
  const page = await stage.current.open('/');
  for (const element of await page.locator('.it').all()) {
    await element.click({ clickCount: 4, delay: 10 });
  }
  await flush(page);
  expect(markers(stage.current)).toEqual([]);
});
