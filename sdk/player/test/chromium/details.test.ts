import { EventType, type eventWithTime } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import { at, manifestOf, START } from './recording';
import { openPlayer, playhead, useTheatre } from './theatre';

const theatre = useTheatre();

const PAY = {
  method: 'POST',
  url: 'https://shop.example/api/pay',
  status: 502,
  durationMs: 1_240,
  requestBytes: 2_048,
  requestHeaders: { 'Content-Type': 'application/json' },
  requestBody: '{"total":48}',
  correlationId: 'c-77',
};

/** The recording with a request whose headers and body were recorded. */
function withRequest(): void {
  const request: eventWithTime = {
    type: EventType.Custom,
    timestamp: START + 51_400,
    data: { tag: 'rs.network', payload: PAY },
  };
  const chunks = new Map(theatre.recording.chunks);
  chunks.set(4, [...(chunks.get(4) ?? []), request]);
  theatre.server.reset({
    manifest: manifestOf(chunks),
    chunks,
    timeline: [
      {
        at: at(51_400),
        kind: 'network',
        text: 'POST https://shop.example/api/pay 502',
        data: { method: 'POST', url: PAY.url, status: 502, durationMs: 1_240 },
      },
      { at: at(2_000), kind: 'vital', data: { name: 'LCP', value: 5_000, rating: 'poor' } },
      { at: at(30_000), kind: 'reduced', data: { reason: 'mouse', count: 12 } },
    ],
  });
}

describe('an event', () => {
  it('opens with all that was recorded with it, and moves the playhead there', async () => {
    withRequest();
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('tab', { name: /Network/ }).click();
    await page
      .getByRole('button', { name: /POST https/ })
      .last()
      .click();
    const inspector = page.getByRole('region', { name: 'Event' });
    await expect.poll(() => inspector.textContent()).toContain('"total": 48');
    const text = await inspector.textContent();
    for (const fact of ['502', '1.2 s', '2 KB', 'c-77', 'application/json']) {
      expect(text).toContain(fact);
    }
    expect(text).toContain('Response bodyNot recorded, as the rules say.');
    await expect.poll(() => playhead(page)).toBe(51_400);
    await page.keyboard.press('Escape');
    await inspector.getByRole('button', { name: 'Close the event' }).click();
    expect(await inspector.isVisible()).toBe(false);
  });

  it('is copied as a command', async () => {
    withRequest();
    const page = await openPlayer(theatre, 't=0');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('tab', { name: /Network/ }).click();
    await page
      .getByRole('button', { name: /POST https/ })
      .last()
      .click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Event' }).textContent())
      .toContain('"total": 48');
    await page.getByRole('button', { name: 'Copy as cURL' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toContain(`--data-raw '{"total":48}'`);
  });
});

describe('lines of the same moment', () => {
  const LINES = ['first', 'second', 'second', 'third'];

  it('open with their own values, each', async () => {
    const events = LINES.map((text, n): eventWithTime => ({
      type: EventType.Custom,
      timestamp: START + 51_400,
      data: { tag: 'rs.console', payload: { level: 'warn', args: [text], stack: `at line ${n}` } },
    }));
    const chunks = new Map(theatre.recording.chunks);
    chunks.set(4, [...(chunks.get(4) ?? []), ...events]);
    const timeline = LINES.map((text) => ({
      at: at(51_400),
      kind: 'console',
      level: 'warn',
      text,
      data: { level: 'warn' },
    }));
    theatre.server.reset({ manifest: manifestOf(chunks), chunks, timeline });
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('tab', { name: /Console/ }).click();
    const inspector = page.getByRole('region', { name: 'Event' });
    const rows = page.locator('.rows .row:visible');
    for (const n of LINES.keys()) {
      await rows.nth(n).click();
      await expect.poll(() => inspector.textContent()).toContain(`at line ${n}`);
    }
  });
});

describe('a request that was recorded as the page wrote it', () => {
  it('is copied with the address of the page that made it', async () => {
    withRequest();
    const recording = theatre.server.recording;
    if (!recording) throw new Error('no recording');
    const timeline = [
      { at: at(51_400), kind: 'network', text: 'GET', data: { method: 'GET', url: '../api?q=_' } },
    ];
    const pages = [
      { at: at(0), url: 'https://shop.example/' },
      { at: at(40_000), url: 'https://shop.example/de/cart' },
      { at: at(60_000), url: 'https://other.example/' },
    ];
    const manifest = { ...recording.manifest, pages };
    theatre.server.reset({ ...recording, manifest, timeline });
    const page = await openPlayer(theatre, 't=0');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('tab', { name: /Network/ }).click();
    await page.locator('.rows .row:visible').click();
    await page.getByRole('button', { name: 'Copy as cURL' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe("curl --url 'https://shop.example/api?q=_'");
  });
});

describe('what the server threw', () => {
  const STACK = 'dev.shop.BankClosed: no answer\n\tat dev.shop.Pay.now(Pay.java:7)';

  it('stands with the request that met it, and in a list of its own', async () => {
    withRequest();
    const recording = theatre.server.recording;
    if (!recording) throw new Error('no recording');
    theatre.server.reset({
      ...recording,
      manifest: {
        ...recording.manifest,
        serverErrors: [
          {
            correlationId: 'c-77',
            at: at(51_300),
            method: 'POST',
            path: '/api/pay',
            type: 'dev.shop.BankClosed',
            message: 'no answer',
            stack: STACK,
          },
        ],
      },
    });
    const page = await openPlayer(theatre, 't=0');
    const inspector = page.getByRole('region', { name: 'Event' });
    await page.getByRole('tab', { name: /Network/ }).click();
    await page
      .getByRole('button', { name: /POST https/ })
      .last()
      .click();
    await expect.poll(() => inspector.textContent()).toContain(`Thrown by the server${STACK}`);

    await page.getByRole('tab', { name: /Server/ }).click();
    await page.getByRole('button', { name: /BankClosed: no answer/ }).click();
    await expect.poll(() => inspector.textContent()).toContain('at dev.shop.Pay.now');
    await expect.poll(() => playhead(page)).toBe(51_300);
  });

  it('has no list where no server tells', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('tab', { name: /Network/ }).waitFor();
    expect(await page.getByRole('tab', { name: /Server/ }).count()).toBe(0);
  });
});

describe('what the page was like', () => {
  it('stands on lanes and in a list of its own', async () => {
    withRequest();
    const page = await openPlayer(theatre, 't=0');
    const vital = page.getByRole('group', { name: /^Speed/ }).getByRole('button');
    expect(await vital.getAttribute('aria-label')).toContain('Largest content shown (LCP) 5 s');
    const thinned = page.getByRole('group', { name: /^Less/ }).getByRole('button');
    expect(await thinned.getAttribute('aria-label')).toContain('Mouse movement thinned out');
    await page.keyboard.press('Shift+P');
    expect(await page.getByRole('tab', { name: /Speed/ }).getAttribute('aria-selected')).toBe(
      'true',
    );
  });
});

describe('the certificate', () => {
  it('opens from its badge and names what is missing', async () => {
    theatre.server.reset({
      ...theatre.recording,
      manifest: manifestOf(theatre.recording.chunks, {
        completeness: { chunksExpected: 6, chunksReceived: 5, complete: false },
      }),
    });
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('button', { name: /^Incomplete · 1 loss/ }).click();
    const sheet = page.getByRole('dialog', { name: 'What this recording holds' });
    expect(await sheet.textContent()).toContain('1 part of 6 never arrived.');
  });
});

describe('keys', () => {
  it('change the speed, and half is one of them', async () => {
    const page = await openPlayer(theatre, 't=0');
    const speed = (): Promise<string> =>
      page.locator('.speeds input:checked').evaluate((radio: HTMLInputElement) => radio.value);
    await page.keyboard.press('0');
    expect(await speed()).toBe('0.5');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await speed()).toBe('2');
    await page.keyboard.press('ArrowDown');
    expect(await speed()).toBe('1');
  });
});
