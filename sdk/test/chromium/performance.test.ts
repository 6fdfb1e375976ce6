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
      const measured = [];
      for (const type of ['paint', 'largest-contentful-paint', 'layout-shift', 'event']) {
        new PerformanceObserver((list) => {
          measured.push(...list.getEntries().map((it) => type + ' ' + it.name));
        }).observe({ type, buffered: true });
      }
    </script>`,
  };
  const page = await stage.current.open('/');
  const measured = (what: string) => page.waitForFunction(`measured.includes('${what}')`);
  await measured('paint first-contentful-paint');
  await measured('largest-contentful-paint ');
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.style.height = '400px';
    document.body.prepend(box);
  });
  await measured('layout-shift ');
  await page.click('#pay');
  await measured('event click');
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await stage.current.sink.until((chunk) => chunk.body.reason === 'hidden');
  const vitals = customEvents(stage.current, 'rs.vital');
  const named = Object.fromEntries(vitals.map((it) => [it.name, it]));
  expect(Object.keys(named).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TTFB']);
  expect(vitals).toHaveLength(5);
  const inp = Number(named.INP?.value);
  expect(inp).toBeGreaterThanOrEqual(300);
  // A machine that is busy with something else makes it longer.
  expect(named.INP?.rating).toBe(inp <= 500 ? 'needs-improvement' : 'poor');
  expect(Number(named.CLS?.value)).toBeGreaterThan(0.05);
  expect(Number(named.TTFB?.value)).toBeLessThanOrEqual(Number(named.FCP?.value));
});

test('a task that holds the page up is told, short ones are not', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  // Those of a machine that is busy with something else are long, too.
  await page.evaluate(() => {
    const measured: number[] = [];
    new PerformanceObserver((list) => {
      measured.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
    }).observe({ type: 'longtask', buffered: true });
    Object.assign(window, { measured });
  });
  await page.evaluate(async () => {
    const hold = (ms: number) =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          const end = performance.now() + ms;
          while (performance.now() < end);
          resolve();
        }),
      );
    const { measured } = window as never as { measured: number[] };
    for (let n = 0; n < 50 && !measured.some((ms) => ms < 100); n++) {
      await hold(70);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await hold(400);
  });
  const told = () => customEvents(stage.current, 'rs.longtask').map((it) => it.durationMs);
  const longest = async () => {
    await flush(page);
    return Math.max(0, ...told().map(Number));
  };
  await expect.poll(longest).toBeGreaterThanOrEqual(390);
  await page.waitForTimeout(1_300);
  await flush(page);
  const measured = await page.evaluate(() => (window as never as { measured: number[] }).measured);
  const noticed = measured.filter((ms) => ms >= 100);
  expect(measured.length).toBeGreaterThan(noticed.length);
  expect(noticed).toEqual(expect.arrayContaining(told()));
  expect(told().length).toBeLessThanOrEqual(noticed.length);
});
