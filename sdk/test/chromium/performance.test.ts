import { expect, test } from 'vitest';
import { customEvents, flush } from './sightings';
import { useStage } from './stages';

const stage = useStage();

test('the vitals of a page are told by the time it is left, with their rating', async () => {
  stage.current.pages['/'] = {
    body: `<h1>Shop</h1><button id="pay">Pay</button><p id="below">Below</p><script>
      document.querySelector('#pay').onclick = () => {
        const end = performance.now() + 350;
        while (performance.now() < end);
        document.querySelector('#pay').textContent = 'Paid';
      };
      setTimeout(() => {
        const box = document.createElement('div');
        box.style.height = '400px';
        document.body.prepend(box);
      }, 300);
    </script>`,
  };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_200);
  await page.click('#pay');
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await stage.current.sink.until((chunk) => chunk.body.reason === 'hidden');
  const vitals = customEvents(stage.current, 'rs.vital');
  const named = Object.fromEntries(vitals.map((it) => [it.name, it]));
  expect(Object.keys(named).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TTFB']);
  expect(vitals).toHaveLength(5);
  expect(Number(named.INP?.value)).toBeGreaterThanOrEqual(300);
  expect(named.INP?.rating).toBe('needs-improvement');
  expect(Number(named.CLS?.value)).toBeGreaterThan(0.05);
  expect(Number(named.TTFB?.value)).toBeLessThanOrEqual(Number(named.FCP?.value));
});

test('a task that holds the page up is told, short ones are not', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.waitForTimeout(1_500);
  await flush(page);
  const before = customEvents(stage.current, 'rs.longtask').length;
  await page.evaluate(async () => {
    const hold = (ms: number) =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          const end = performance.now() + ms;
          while (performance.now() < end);
          resolve();
        }),
      );
    await hold(40);
    await hold(400);
  });
  await page.waitForTimeout(1_300);
  await flush(page);
  const told = customEvents(stage.current, 'rs.longtask').slice(before);
  expect(told).toHaveLength(1);
  expect(Number(told[0]?.durationMs)).toBeGreaterThanOrEqual(390);
});
