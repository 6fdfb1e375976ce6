import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { FIDELITY_CASES } from './fidelity-pages';
import { likenessOfEnd } from './replaying';
import { flush } from './sightings';
import { useStage } from './stages';

const stage = useStage();
const shares: number[] = [];

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is masked looks different on purpose. */
function maskedBoxes(page: Page): Promise<Box[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('input, select, textarea')].map((field) => {
      const { x, y, width, height } = field.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
}

/** The share of equal pixels of two pictures outside of some boxes. */
function equalShare(page: Page, one: Buffer, other: Buffer, boxes: Box[]): Promise<number> {
  const urls = [one, other].map((it) => `data:image/png;base64,${it.toString('base64')}`);
  return page.evaluate(
    async ({ urls, boxes }) => {
      const pictures = await Promise.all(
        urls.map(async (url) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          for (const { x, y, width, height } of boxes) context?.fillRect(x, y, width, height);
          return context?.getImageData(0, 0, image.width, image.height);
        }),
      );
      const [first, second] = pictures;
      if (!first || !second || first.width !== second.width || first.height !== second.height) {
        return 0;
      }
      const left = new Uint32Array(first.data.buffer);
      const right = new Uint32Array(second.data.buffer);
      let equal = 0;
      for (let at = 0; at < left.length; at++) if (left[at] === right[at]) equal++;
      return equal / left.length;
    },
    { urls, boxes },
  );
}

test.each(FIDELITY_CASES)('a replay shows what the visitor saw: $name', async (served) => {
  stage.current.pages['/'] = served;
  Object.assign(stage.current.sink.rules, served.rules);
  const page = await stage.current.open('/');
  await flush(page);
  await served.act?.(page, async (part, times) => {
    const sent = async () => {
      await flush(page);
      const texts = stage.current.sink.chunks.map((chunk) => chunk.text);
      return texts.join('').split(part).length - 1;
    };
    await expect.poll(sent).toBeGreaterThanOrEqual(times);
  });
  const seen = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const boxes = await maskedBoxes(page);
  await flush(page);
  const share = await likenessOfEnd(
    stage.current,
    (shown) => equalShare(page, seen, shown, boxes),
    0.999,
  );
  shares.push(share);
  if (process.env.RETROSPEC_FIDELITY) {
    process.stdout.write(`fidelity | ${served.name} | ${(share * 100).toFixed(3)} %\n`);
  }
  expect(share).toBeGreaterThan(0.995);
});

afterAll(() => {
  expect(shares.reduce((sum, it) => sum + it, 0) / shares.length).toBeGreaterThanOrEqual(0.999);
});
