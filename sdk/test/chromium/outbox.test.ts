import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

test('what the server could not take survives the page; the next one of the tab sends it', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('in the storm');
    void (window as never as RetrospecWindow).retrospec.flush();
  });
  await page.waitForTimeout(1_500);
  await page.goto('about:blank');
  expect(sink.chunks).toEqual([]);
  sink.answer = () => ({ status: 202 });
  await page.goto(`${stage.current.siteUrl}/`);
  const chunk = await sink.until((it) => it.text.includes('in the storm'));
  expect(chunk.seq).toBe(0);
});

test('what a crashed tab left is sent by another one, when nobody else can be on it', async () => {
  const { sink } = stage.current;
  sink.answer = () => ({ status: 503 });
  stage.current.pages['/'] = { body: '<h1>One</h1>' };
  stage.current.pages['/later'] = {
    head: '<script>const now = Date.now; Date.now = () => now() + 70000</script>',
    body: '<h1>Two</h1>',
  };
  const first = await stage.current.open('/');
  await first.evaluate(() => {
    (window as never as RetrospecWindow).retrospec.addCustomEvent('last words');
    void (window as never as RetrospecWindow).retrospec.flush();
  });
  await first.waitForTimeout(1_500);
  const crashed = first.waitForEvent('crash');
  first.goto('chrome://crash').catch(() => undefined);
  await crashed;
  sink.answer = () => ({ status: 202 });
  await stage.current.open('/later');
  await sink.until((it) => it.text.includes('last words'));
});

test('under a path of the site no address names us', async () => {
  const addresses: string[] = [];
  stage.current.pages['/'] = { body: '<h1>One</h1>', tag: 'data-path="/telemetry"' };
  const page = await stage.current.open('about:blank');
  page.on('request', (request) => {
    if (!request.url().endsWith('.js') && !request.url().includes('.js?')) {
      addresses.push(request.url().replace(/^http:\/\/[^/]+/, ''));
      expect(JSON.stringify(request.headers())).not.toMatch(/retrospec/i);
    }
  });
  await page.goto(`${stage.current.siteUrl}/`);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await stage.current.sink.until(() => true);
  expect(addresses.filter((it) => it.startsWith('/telemetry/')).length).toBeGreaterThan(1);
  expect(addresses.join(' ')).not.toMatch(/retrospec|recording|replay/i);
});
