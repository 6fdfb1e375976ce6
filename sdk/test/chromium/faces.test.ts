import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

/** MyFaces' own script, the one that an application serves. */
const FACES_JS = readFileSync(
  new URL('../../node_modules/jsf.js_next_gen/dist/window/faces.js', import.meta.url),
);

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const partial = (inner: string) => `${XML}<partial-response id="j_id1">${inner}</partial-response>`;
const error = (name: string, message: string) =>
  partial(
    `<error><error-name>${name}</error-name><error-message><![CDATA[${message}]]></error-message></error>`,
  );
const update = (id: string, markup: string, more = '') =>
  partial(`<changes><update id="${id}"><![CDATA[${markup}]]></update>${more}</changes>`);

const PAGE = {
  head: '<script src="/faces.js"></script>',
  body: `<form id="form" method="post" action="/order.xhtml">
    <input type="hidden" name="jakarta.faces.ViewState" value="canary">
    <div id="form:messages"></div>
    <button id="form:table:17:save" name="form:table:17:save" type="button"
      onclick="faces.ajax.request(this, event, { execute: '@form', render: 'form:messages' })">
      Save</button></form>`,
};

let answer: { body: string; type?: string; headers?: Record<string, string> };

beforeEach(() => {
  stage.current.answers['/faces.js'] = () => ({ body: FACES_JS, type: 'text/javascript' });
  stage.current.answers['POST /order.xhtml'] = () => ({ type: 'text/xml', ...answer });
  stage.current.pages['/order.xhtml'] = PAGE;
});

async function save(): Promise<Page> {
  const page = await stage.current.open('/order.xhtml');
  // Faces asks the page's developer with an alert when nobody else listens.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.click('button');
  return page;
}

test('an exception of the server behind status 200 is told, with its request', async () => {
  answer = {
    body: error('java.lang.IllegalStateException', 'the stock is empty'),
    headers: { 'X-Retrospec-Correlation': 'c-42' },
  };
  const page = await save();
  expect(await markerOf(stage.current, 'faces_error')).toMatchObject({
    kind: 'api_error',
    label: 'form:table:*:save: IllegalStateException: the stock is empty',
    evidence: 'java.lang.IllegalStateException',
    error: { type: 'IllegalStateException', message: 'the stock is empty' },
    request: { method: 'POST', status: 200, correlationId: 'c-42' },
  });
  await page.waitForTimeout(300);
  await flush(page);
  const told = markers(stage.current).map((it) => it.subkind);
  expect(told.filter((it) => it?.startsWith('faces'))).toEqual(['faces_error']);
  expect(stage.current.sink.chunks.map((it) => it.text).join('')).not.toContain('canary');
});

test('a view that expired has a sub-kind of its own', async () => {
  answer = {
    body: error(
      'class jakarta.faces.application.ViewExpiredException',
      'viewId:/order.xhtml - View /order.xhtml could not be restored.',
    ),
  };
  await save();
  expect(await markerOf(stage.current, 'view_expired')).toMatchObject({
    label: 'form:table:*:save: the view is expired',
    error: { type: 'ViewExpiredException' },
  });
});

test('the page of a sign-in in place of a partial response is told', async () => {
  answer = { type: 'text/html', body: '<html><body>Sign in</body></html>' };
  await save();
  expect(await markerOf(stage.current, 'faces_answer')).toMatchObject({
    label: 'form:table:*:save: text/html instead of a partial response',
  });
});

test('messages of PrimeFaces that reject an entry are told with what the visitor read', async () => {
  answer = {
    body: update(
      'form:messages',
      `<div id="form:messages" class="ui-messages"><div class="ui-messages-error">
        <span class="ui-messages-error-summary">Town:</span>
        <span class="ui-messages-error-detail">Value is required</span></div></div>`,
      '<extension ln="primefaces" type="args">{"validationFailed":true}</extension>',
    ),
  };
  await save();
  expect(await markerOf(stage.current, 'faces_message')).toMatchObject({
    kind: 'validation_failed',
    label: 'Rejected: form:table:*:save',
    evidence: 'Town: Value is required',
    element: { selector: 'button#form:table:*:save' },
  });
});

test('messages without a mark are told where the page says that they appear', async () => {
  stage.current.pages['/order.xhtml'] = {
    ...PAGE,
    body: PAGE.body
      .replace('<div id="form:messages">', '$&')
      .replace('id="form:messages"', 'id="form:messages" data-retrospec-messages'),
  };
  answer = {
    body: update(
      'form:messages',
      `<ul id="form:messages" data-retrospec-messages data-private><li>Ada is taken</li></ul>`,
    ),
  };
  await save();
  const marker = await markerOf(stage.current, 'faces_message');
  expect(marker.evidence).toBe('a message was shown');
});

test('updates that say nothing wrong are no failure', async () => {
  const page = await stage.current.open('/order.xhtml');
  const quiet = [
    update('form:messages', '<div id="form:messages">Saved</div>'),
    update('form:messages', '<div class="ui-messages-info">Saved</div>'),
    partial('<redirect url="/thanks.xhtml#x"></redirect>').replace('/thanks.xhtml#x', '#done'),
    update('form:messages', '<p>the word error, or &lt;error&gt;</p>'),
  ];
  for (const body of quiet) {
    answer = { body };
    const answered = page.waitForResponse((it) => it.request().method() === 'POST');
    await page.click('button');
    await answered;
    await page.waitForTimeout(200);
  }
  stage.current.answers['/feed.xml'] = () => ({ body: '<feed><error/></feed>', type: 'text/xml' });
  await page.evaluate(async () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/feed.xml');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
  });
  await flush(page);
  // So many clicks at once are rage; that is none of Faces' failures.
  expect(markers(stage.current).filter((it) => it.subkind !== 'rage_click')).toEqual([]);
});

test('what Faces tells its listeners and no XHR shows is told, however late its script comes', async () => {
  stage.current.pages['/order.xhtml'] = {
    body: '<form id="form"><button id="form:b" type="button">B</button></form>',
  };
  const script = 'window.jsf = { ajax: { addOnError(it) { this.told = it; } } };';
  stage.current.answers['/late.js'] = () => ({ body: script, type: 'text/javascript' });
  const page = await stage.current.open('/order.xhtml');
  await flush(page);
  await page.evaluate(() => {
    const late = document.createElement('script');
    late.src = '/late.js';
    document.body.append(late);
  });
  await page.waitForFunction('window.jsf?.ajax.told');
  await page.evaluate(`jsf.ajax.told({ type: 'error', status: 'clientError',
    source: document.getElementById('form:b'), errorName: 'TypeError',
    errorMessage: 'no such component' })`);
  expect(await markerOf(stage.current, 'faces_error')).toMatchObject({
    label: 'form:b: TypeError: no such component',
  });
});
