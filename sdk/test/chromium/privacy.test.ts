import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';
import type { Stage } from './site';

const stage = useStage();

type Page = Awaited<ReturnType<Stage['open']>>;

async function wireOf(page: Page): Promise<string> {
  await page.waitForTimeout(300);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  return stage.current.sink.chunks.map((chunk) => chunk.text).join('\n');
}

/** What stands in pages although nobody marked it. */
const PERSONAL = [
  'ann.canary@example.org',
  '4111 1111 1111 1111',
  '+49 171 1234567',
  'DE89 3704 0044 0532 0130 00',
  '536-90-4399',
];

function found(wire: string, values = PERSONAL): string[] {
  return values.filter((value) => wire.includes(value));
}

test('balanced masks personal data in texts: at first, added, changed, in a shadow, in the console', async () => {
  stage.current.pages['/'] = {
    body: `<p id="first">Order 1002 of ${PERSONAL.join(', ')} for 3,99</p><p id="changed"></p><b-card></b-card>`,
  };
  const page = await stage.current.open('/');
  await page.evaluate((values) => {
    const text = `later ${values.join(' and ')}`;
    document.body.append(text);
    const changed = document.querySelector('#changed');
    changed?.append('now ');
    if (changed?.firstChild) changed.firstChild.nodeValue = text;
    const root = document.querySelector('b-card')?.attachShadow({ mode: 'open' });
    root?.append(text);
    console.warn(text);
    console.warn({ mail: values[0] });
  }, PERSONAL);
  await page.click('#changed');
  const wire = await wireOf(page);

  expect(found(wire)).toEqual([]);
  expect(wire).toContain('Order 1002 of **********************');
  expect(wire).toContain('for 3,99');
  expect(wire).toContain('later **********************');
});

test('minimal shows texts as they are', async () => {
  stage.current.pages['/'] = {
    body: `<p>${PERSONAL.join(', ')}</p>`,
    tag: 'data-privacy-level="minimal"',
  };
  const page = await stage.current.open('/');

  expect(found(await wireOf(page))).toEqual(PERSONAL);
});

test('every chunk tells how many values were masked of how many', async () => {
  stage.current.pages['/'] = {
    body: '<p>One</p><p>Two ann@example.org</p><input name="a" value="three">',
  };
  const page = await stage.current.open('/');
  await wireOf(page);
  const sum = (name: 'masked' | 'maskable') =>
    stage.current.sink.chunks.reduce(
      (total, chunk) =>
        total + (chunk.body.counters as Record<'masked' | 'maskable', number>)[name],
      0,
    );

  expect(sum('masked')).toBe(2);
  expect(sum('maskable')).toBe(4); // the title of the page, too
});

test('strict leaves no picture, and unmask shows what it marks', async () => {
  stage.current.pages['/'] = {
    tag: 'data-privacy-level="strict"',
    body: `<img src="/canary-face.png" alt="canary-alt"><p title="canary-title">canary-text</p>
      <nav data-retrospec-unmask title="shown-title">shown-text <img src="/shown-logo.png">
        <span data-retrospec-mask>canary-inside</span></nav>
      <input name="shown" data-retrospec-unmask value="shown-value">`,
  };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    document.querySelector('nav')?.append('shown-added');
    document.body.insertAdjacentHTML('beforeend', '<img src="/canary-added.png">canary-added');
  });
  const wire = await wireOf(page);

  expect(wire.match(/canary[\w-]*/g)).toBeNull();
  for (const shown of ['shown-title', 'shown-text', 'shown-logo', 'shown-value', 'shown-added']) {
    expect(wire).toContain(shown);
  }
});

test('unmask never shows a secret', async () => {
  stage.current.pages['/'] = {
    tag: 'data-privacy-level="minimal"',
    body: `<form data-retrospec-unmask>
      <input id="password" type="password"><input type="hidden" value="canary-hidden">
      <input id="card" autocomplete="cc-number"><input id="code" autocomplete="one-time-code">
      <input id="user_otp" inputmode="numeric"><textarea id="tokens" name="api_token">canary-area</textarea>
      <input id="quantity"></form>`,
  };
  const page = await stage.current.open('/');
  for (const id of ['password', 'card', 'code', 'user_otp', 'tokens']) {
    await page.fill(`#${id}`, `canary-${id}`);
  }
  await page.fill('#quantity', 'forty-two');
  const wire = await wireOf(page);

  expect(wire.match(/canary[\w-]*/g)).toBeNull();
  expect(wire).toContain('forty-two');
});

test('blocked elements leave a box, by mark, by option and by rule', async () => {
  stage.current.sink.rules = {
    enabled: true,
    sampleRate: 1,
    privacyLevel: 'minimal',
    blockedSelectors: ['.chart'],
  };
  stage.current.pages['/'] = {
    body: `<div data-retrospec-block>canary-mark</div><div class="chart">canary-rule</div><p>shown</p>`,
  };
  const page = await stage.current.open('/');
  const wire = await wireOf(page);

  expect(wire.match(/canary[\w-]*/g)).toBeNull();
  expect(wire).toContain('rr_width');
  expect(wire).toContain('shown');
});

test('an ignored field tells nothing of what is typed', async () => {
  stage.current.pages['/'] = {
    tag: 'data-privacy-level="minimal"',
    body: '<div data-retrospec-ignore="input"><input id="note"></div><input id="quantity">',
  };
  const page = await stage.current.open('/');
  await page.fill('#note', 'canary-note');
  await page.fill('#quantity', 'forty-two');
  const wire = await wireOf(page);

  expect(wire).toContain('forty-two');
  expect(wire).not.toContain('canary-note');
});

test('resanitize records anew what the page has marked since', async () => {
  stage.current.pages['/'] = { body: '<p id="name">canary-name</p><p>Public</p>' };
  const page = await stage.current.open('/');
  expect(await wireOf(page)).toContain('canary-name');
  stage.current.sink.chunks = [];
  await page.evaluate(() => {
    const name = document.querySelector('#name') ?? undefined;
    (window as never as RetrospecWindow).retrospec.resanitize(name);
  });
  const wire = await wireOf(page);

  expect(wire).not.toContain('canary-name');
  expect(wire).toContain('*********');
  expect(wire).toContain('Public');
  expect(stage.current.sink.chunks.flatMap((chunk) => chunk.body.events)).toContainEqual(
    expect.objectContaining({ type: 2 }),
  );
});

test('messages, stacks and contexts of errors tell no personal data, at any level', async () => {
  stage.current.pages['/'] = {
    body: `<script>setTimeout(() => { throw new Error('early ann.canary@example.org') })</script>`,
    tag: 'data-privacy-level="minimal"',
  };
  const page = await stage.current.open('/');
  await stage.current.sink.until((chunk) => chunk.body.events.some(({ type }) => type === 2));
  await page.evaluate((values) => {
    const text = `no user ${values.join(' or ')}`;
    const { retrospec } = window as never as {
      retrospec: { captureError(error: unknown, context: Record<string, unknown>): void };
    };
    console.error(new Error(`logged ${text}`));
    retrospec.captureError(new Error(`told ${text}`), {
      mail: values[0],
      passcode: 'canary-passcode',
      otp_code: 'canary-otp',
      sku: 7,
    });
    setTimeout(() => {
      throw new Error(`thrown ${text}`);
    });
    void Promise.reject(new Error(`rejected ${text}`));
  }, PERSONAL);
  const wire = await wireOf(page);
  expect(found(wire, [...PERSONAL, 'canary-passcode', 'canary-otp'])).toEqual([]);
  for (const part of [
    'early ***',
    'logged no user ****',
    'told no user',
    'thrown no user',
    'sku',
  ]) {
    expect(wire).toContain(part);
  }
});

test('strict tells of the console what went wrong, and of the rest only that there was a line', async () => {
  stage.current.pages['/'] = { body: '', tag: 'data-privacy-level="strict"' };
  const page = await stage.current.open('/');
  await stage.current.sink.until((chunk) => chunk.body.events.some(({ type }) => type === 2));
  await page.evaluate(() => {
    console.log('canary-log', { name: 'canary-object' });
    console.warn('canary-warning');
    console.error('the shop is closed');
  });
  const wire = await wireOf(page);
  expect(wire).not.toContain('canary');
  expect(wire).toContain('"level":"warn","args":[]');
  expect(wire).toContain('the shop is closed');
});
