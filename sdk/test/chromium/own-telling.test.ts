import { expect, test } from 'vitest';
import { customEvents, flush, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

interface Telling {
  retrospec: {
    captureError(error: unknown, context?: Record<string, unknown>): void;
    startSpan(name: string, attributes?: Record<string, unknown>): () => void;
  };
}

test('an error that the page reports is a marker with what the page knows', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    const { retrospec } = window as never as Telling;
    retrospec.captureError(new RangeError('no stock'), { sku: 7 });
  });
  expect(await markerOf(stage.current, 'reported')).toMatchObject({
    kind: 'js_exception',
    label: 'RangeError: no stock',
    evidence: '{"sku":7}',
  });
});

test('one error is one marker, however many ways it comes', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    const { retrospec } = window as never as Telling;
    const error = new RangeError('no stock');
    console.error('caught', error);
    retrospec.captureError(error);
    retrospec.captureError(error);
    setTimeout(() => {
      throw error;
    });
    const logged = new RangeError('only logged');
    console.error(logged);
    console.error(logged);
  });
  await page.waitForTimeout(300);
  await flush(page);
  expect(markers(stage.current).map((it) => [it.subkind, it.label])).toEqual([
    ['reported', 'RangeError: no stock'],
    ['console_error', 'RangeError: only logged'],
  ]);
});

test("a span of the page's own is told with its length, once", async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as Telling;
    const end = retrospec.startSpan('checkout', { step: 2 });
    await new Promise((resolve) => setTimeout(resolve, 120));
    end();
    end();
  });
  await flush(page);
  const spans = customEvents(stage.current, 'rs.span');
  expect(spans).toEqual([
    { name: 'checkout', durationMs: expect.any(Number), attributes: { step: 2 } },
  ]);
  expect(Number(spans[0]?.durationMs)).toBeGreaterThanOrEqual(110);
});
