import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { flush } from './sightings';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

/** Pictures of canvases that were sent, as they stand in a changed style. */
function told(): string[] {
  return stage.current.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .flatMap(
      ({ data }) =>
        (data as { attributes?: { attributes: { style?: unknown } }[] }).attributes ?? [],
    )
    .map(({ attributes }) => (attributes.style as { content?: string } | undefined)?.content ?? '')
    .filter((content) => content.includes('data:image/webp'));
}

function reduced(): number {
  return stage.current.sink.chunks.reduce(
    (sum, chunk) => sum + (chunk.body.counters.reduced.canvas ?? 0),
    0,
  );
}

/** The colour in the middle of a picture. */
async function colourOf(page: Page, content: string | undefined): Promise<number[]> {
  return page.evaluate(async (css) => {
    const image = new Image();
    image.src = /url\("([^"]+)"\)/.exec(css)?.[1] ?? '';
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
    pen?.drawImage(image, 0, 0);
    return [...(pen?.getImageData(image.width / 2, image.height / 2, 1, 1).data ?? [])];
  }, content ?? '');
}

function draw(page: Page, colour: string, selector = 'canvas'): Promise<void> {
  return page.evaluate(
    ([colour = '', selector = '']) => {
      const canvas = document.querySelector<HTMLCanvasElement>(selector);
      const pen = canvas?.getContext('2d');
      if (!canvas || !pen) return;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    },
    [colour, selector],
  );
}

/** Longer than two looks of the recorder at its canvases. */
const TWO_LOOKS_MS = 2_400;

async function open(body: string, tag = ''): Promise<Page> {
  stage.current.sink.rules.canvas = true;
  stage.current.pages['/'] = { body, tag };
  return stage.current.open('/');
}

/** Waits until what was sent is so. */
async function sent(page: Page, isSo: () => boolean): Promise<void> {
  const look = async () => {
    await flush(page);
    return isSo();
  };
  await expect.poll(look).toBe(true);
}

async function nextPicture(page: Page, count: number): Promise<string | undefined> {
  await sent(page, () => told().length >= count);
  return told()[count - 1];
}

test('tells what a canvas shows once for each time that it changed', async () => {
  const page = await open('<canvas width="40" height="40"></canvas>');
  await draw(page, 'rgb(200, 0, 0)');
  expect(await colourOf(page, await nextPicture(page, 1))).toEqual([200, 0, 0, 255]);
  await page.waitForTimeout(TWO_LOOKS_MS);
  await draw(page, 'rgb(0, 100, 0)');
  expect(await colourOf(page, await nextPicture(page, 2))).toEqual([0, 100, 0, 255]);
  expect(told()).toHaveLength(2);
});

test('a whole picture of the page shows the canvas as it was last', async () => {
  const page = await open('<canvas width="40" height="40" style="margin: 3px"></canvas>');
  await draw(page, 'rgb(200, 0, 0)');
  await nextPicture(page, 1);
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const parent = canvas?.parentElement;
    canvas?.remove();
    parent?.append(document.createElement('p'), canvas ?? '');
  });
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resanitize());
  await sent(page, () =>
    stage.current.sink.chunks.some((chunk) =>
      /"style":"margin: 3px;content:image-set\(url\(/.test(chunk.text.replaceAll('\\"', '"')),
    ),
  );
});

test('without the rule a canvas is an empty box', async () => {
  stage.current.pages['/'] = { body: '<canvas width="40" height="40"></canvas>' };
  const page = await stage.current.open('/');
  await draw(page, 'red');
  await page.waitForTimeout(TWO_LOOKS_MS);
  await flush(page);
  expect(told()).toEqual([]);
  expect(stage.current.sink.chunks[0]?.text).toContain('width=%2240%22 height=%2240%22');
});

test('takes what WebGL draws in each frame, and keeps it when the buffer is empty', async () => {
  const page = await open('<canvas width="40" height="40"></canvas>');
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')?.getContext('webgl');
    const frame = () => {
      gl?.clearColor(0, 0, 1, 1);
      gl?.clear(gl.COLOR_BUFFER_BIT);
      if (!('done' in window)) requestAnimationFrame(frame);
    };
    frame();
  });
  expect(await colourOf(page, await nextPicture(page, 1))).toEqual([0, 0, 255, 255]);
  await page.evaluate(() => Object.assign(window, { done: true }));
  await page.waitForTimeout(TWO_LOOKS_MS);
  await flush(page);
  expect(told()).toHaveLength(1);
});

test('a picture that is too large is scaled down, and says so', async () => {
  const page = await open('<canvas width="2048" height="1536"></canvas>');
  await draw(page, 'rgb(9, 9, 9)');
  expect(await nextPicture(page, 1)).toMatch(/ 0\.5x\)$/);
});

test('what may not be read is left out and counted once', async () => {
  const page = await open('<canvas width="40" height="40"></canvas>');
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  );
  stage.current.files['/other.png'] = { body: pixel, headers: { 'Content-Type': 'image/png' } };
  const other = `${stage.current.siteUrl.replace('127.0.0.1', 'localhost')}/other.png`;
  await page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    document.querySelector('canvas')?.getContext('2d')?.drawImage(image, 0, 0, 40, 40);
  }, other);
  await sent(page, () => reduced() > 0);
  await page.waitForTimeout(TWO_LOOKS_MS);
  await page.evaluate(() => document.body.append('more'));
  await flush(page);
  expect(reduced()).toBe(1);
  expect(told()).toEqual([]);
  expect(stage.current.pageErrors).toEqual([]);
});

test.each([
  ['is private', '<div data-private><canvas id="it" width="40" height="40"></canvas></div>', ''],
  ['is blocked', '<canvas id="it" data-block width="40" height="40"></canvas>', ''],
  [
    'stands on a strict page',
    '<canvas id="it" width="40" height="40"></canvas>',
    'data-privacy-level="strict"',
  ],
])('nothing is told of a canvas that %s', async (_, body, tag) => {
  const page = await open(`${body}`, tag);
  await draw(page, 'red', '#it');
  await page.waitForTimeout(TWO_LOOKS_MS);
  await flush(page);
  expect(stage.current.sink.chunks.length).toBeGreaterThan(0);
  expect(stage.current.sink.chunks.map((chunk) => chunk.text).join()).not.toContain('image/webp');
});

test('finds canvases in shadow roots and in frames of the same site', async () => {
  const page = await open('<div id="host"></div><iframe></iframe>');
  await page.evaluate(() => {
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    const inner = document.querySelector('iframe')?.contentDocument;
    for (const [at, place] of [root, inner?.body].entries()) {
      const canvas = (at ? inner : document)?.createElement('canvas');
      if (!canvas) continue;
      place?.append(canvas);
      const pen = canvas.getContext('2d');
      if (pen) pen.fillStyle = at ? 'red' : 'blue';
      pen?.fillRect(0, 0, 300, 150);
    }
  });
  await nextPicture(page, 2);
  const colours = await Promise.all(told().map((content) => colourOf(page, content)));
  expect(colours).toContainEqual([255, 0, 0, 255]);
  expect(colours).toContainEqual([0, 0, 255, 255]);
});

test('a whole picture holds as many canvases as fit, and the others are told again by themselves', async () => {
  const count = 12;
  const page = await open('<canvas width="160" height="90"></canvas>'.repeat(count));
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll('canvas')) {
      // Noise: nothing makes it smaller.
      const noise = new ImageData(160, 90);
      for (let at = 0; at < noise.data.length; at++) {
        noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
      }
      canvas.getContext('2d')?.putImageData(noise, 0, 0);
    }
  });
  await nextPicture(page, count);
  stage.current.sink.chunks = [];
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.resanitize());
  let inPicture = 0;
  await sent(page, () => {
    const events = stage.current.sink.chunks.flatMap((chunk) => chunk.body.events);
    const picture = JSON.stringify(events.find(({ type }) => type === 2) ?? '');
    inPicture = picture.split('image/webp').length - 1;
    return inPicture + told().length === count;
  });
  expect(inPicture).toBeGreaterThan(3);
  expect(inPicture).toBeLessThan(9);
  await page.waitForTimeout(TWO_LOOKS_MS);
  await flush(page);
  expect(inPicture + told().length).toBe(count);
});
