import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { flush } from './sightings';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const MANY = Array.from({ length: 3_000 }, (_, at) => `<p>line ${at}</p>`).join('');

function resanitize(page: Page, selector?: string): Promise<void> {
  return page.evaluate((at) => {
    const element = at ? (document.querySelector(at) ?? undefined) : undefined;
    (window as never as RetrospecWindow).retrospec.resanitize(element);
  }, selector);
}

test('a picture that failed half-way leaves nothing of it in the next one', async () => {
  stage.current.pages['/'] = { body: `${MANY}<div id="bad">bad</div><p>end</p>` };
  const page = await stage.current.open('/');
  await flush(page);
  const first = stage.current.sink.chunks.length;
  await page.evaluate(() => {
    Object.defineProperty(document.querySelector('#bad'), 'childNodes', {
      configurable: true,
      get() {
        Object.assign(window, { hasFailed: true });
        throw new Error('of the page itself');
      },
    });
  });
  await resanitize(page);
  await page.waitForFunction(() => 'hasFailed' in window);
  const mended = await page.evaluate(() => {
    Reflect.deleteProperty(document.querySelector('#bad') as Element, 'childNodes');
    return Date.now();
  });
  await resanitize(page);
  await flush(page);
  const later = stage.current.sink.chunks.slice(first).flatMap((chunk) => chunk.body.events);
  const picture = later.find((event) => event.type === 2);
  const meta = later.find((event) => event.type === 4);
  expect(picture?.timestamp).toBeGreaterThanOrEqual(mended);
  expect(meta?.timestamp).toBeGreaterThanOrEqual(mended);
  expect(stage.current.pageErrors).toEqual([]);
});

test('what is made private while a picture is taken is not in it', async () => {
  stage.current.pages['/'] = { body: `<p id="name">Jane Diagnosis</p>${MANY}${MANY}` };
  const page = await stage.current.open('/');
  await flush(page);
  const first = stage.current.sink.chunks.length;
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    // Takes more than one slice; its first has the name already.
    retrospec.resanitize();
    retrospec.resanitize(document.querySelector('#name') ?? undefined);
  });
  await flush(page);
  const later = stage.current.sink.chunks.slice(first);
  expect(later.flatMap((chunk) => chunk.body.events).some((event) => event.type === 2)).toBe(true);
  expect(later.map((chunk) => chunk.text).join('')).not.toContain('Jane Diagnosis');
});
