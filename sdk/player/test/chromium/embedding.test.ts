import { describe, expect, it } from 'vitest';
import { forged } from './forged';
import { at, chunkOf, manifestOf } from './recording';
import { openPlayer, playhead, replay, seek, useTheatre } from './theatre';

interface Heard {
  readonly type: string;
  readonly ms?: number;
}

const theatre = useTheatre();

describe('what cannot be shown', () => {
  it('is said when the session is no longer kept', async () => {
    theatre.server.failures.set('manifest', 410);
    const page = await openPlayer(theatre, 't=0');
    expect(await page.locator('.stage-cover').textContent()).toContain('no longer kept');
  });

  it('is said when no full snapshot arrived, and the panels still work', async () => {
    const chunks = new Map([...theatre.recording.chunks].filter(([seq]) => seq === 2));
    theatre.server.reset({ ...theatre.recording, manifest: manifestOf(chunks), chunks });
    const page = await openPlayer(theatre, 't=0');
    expect(await page.locator('.stage-cover').textContent()).toContain('has no picture');
    await page
      .getByRole('button', { name: /The address form/ })
      .last()
      .click();
    await expect.poll(() => playhead(page)).toBe(21_000);
  });

  it('is said when the session is still being recorded, and what is new can be loaded', async () => {
    const early = new Map([...theatre.recording.chunks].filter(([seq]) => seq < 3));
    const manifest = manifestOf(early, { status: 'recording', endedAt: null, durationMs: 11_000 });
    theatre.server.reset({ ...theatre.recording, manifest });
    const page = await openPlayer(theatre, 't=99000');
    const banner = page.locator('.stage-banner');
    expect(await banner.textContent()).toContain('still being recorded');
    theatre.server.reset(theatre.recording);
    await banner.getByRole('button', { name: 'Load again' }).click();
    await page.waitForFunction(() =>
      document.querySelector('.clock')?.textContent.includes('1:10'),
    );
  });

  it('is said for a gap the server knows, and until the next full snapshot', async () => {
    const gaps = [{ windowId: 'w-1', from: at(12_000), to: at(15_000), reason: 'upload_failed' }];
    theatre.server.reset({
      ...theatre.recording,
      manifest: { ...theatre.recording.manifest, gaps },
    });
    const page = await openPlayer(theatre, 't=13000');
    expect(await page.locator('.stage-cover').textContent()).toContain('Reason: upload failed.');
    await seek(page, 16_000);
    expect(await page.locator('.stage-banner').textContent()).toContain('may be incomplete');
    await seek(page, 22_000);
    expect(await page.locator('.stage-banner').isVisible()).toBe(false);
  });

  it('does not wait for ever for chunks that the server cannot deliver', async () => {
    for (const seq of theatre.recording.chunks.keys())
      theatre.server.failures.set(`chunks/${seq}`, 500);
    const page = await openPlayer(theatre, 't=5000');
    expect(await page.locator('.stage-cover').textContent()).toContain('could not be loaded');
  });
});

describe('several windows', () => {
  it('open at the one with the marker, and can be switched', async () => {
    const other = (theatre.recording.chunks.get(1) ?? []).map((event) => ({
      ...event,
      timestamp: event.timestamp + 100_000,
    }));
    const chunks = new Map([...theatre.recording.chunks, [9, other] as const]);
    const manifest = manifestOf(theatre.recording.chunks, {
      endedAt: at(110_000),
      durationMs: 110_000,
    });
    const all = [...(manifest.chunks ?? []), chunkOf(9, 'w-2', other)];
    theatre.server.reset({ ...theatre.recording, manifest: { ...manifest, chunks: all }, chunks });
    const page = await openPlayer(theatre, 't=101000');
    const second = page.getByRole('button', { name: /^Window 2/ });
    expect(await second.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: /^Window 1/ }).click();
    await expect.poll(() => replay(page).locator('#title').textContent()).toBe('Come back soon');
  });
});

describe('the embedding page', () => {
  it('hears the playhead once it left its start, and may ask for a jump', async () => {
    const page = await theatre.browser.newPage();
    await page.goto(`${theatre.server.origin}/dashboard`);
    const heard = (type: string): Promise<Heard[]> =>
      page.evaluate(
        (wanted) =>
          (window as unknown as { heard: Heard[] }).heard.filter((m) => m.type === wanted),
        type,
      );
    await expect.poll(async () => (await heard('ready')).length).toBe(1);
    expect(await heard('time')).toEqual([]);
    await page.evaluate(() => {
      const frame = document.getElementById('player') as HTMLIFrameElement;
      frame.contentWindow?.postMessage({ type: 'seek', ms: 61_000 }, location.origin);
    });
    await expect.poll(async () => (await heard('time')).at(-1)?.ms).toBe(61_000);
    const inside = page.frameLocator('#player').frameLocator('.screen.is-shown iframe');
    await expect.poll(() => inside.locator('#title').textContent()).toBe('Come back soon');
  });
});

describe('a forged recording', () => {
  it('runs nothing, embeds nothing and asks nobody', async () => {
    const chunks = new Map([[1, forged()]]);
    const manifest = manifestOf(chunks, { idlePeriods: [], markers: [] });
    theatre.server.reset({ manifest, chunks, timeline: [] });
    const page = await theatre.browser.newPage();
    theatre.stranger.connections = 0;
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      Object.assign(window, {
        owned: 0,
        own: () => ((window as unknown as { owned: number }).owned += 1),
      });
    });
    await page.goto(`${theatre.server.origin}/player/index.html?session=s-1&project=p-1&t=1000`);
    await page.waitForSelector('.stage[data-status=paused]');
    await replay(page).locator('#late').waitFor({ state: 'attached' });
    for (const id of ['link', 'press', 'late']) {
      await replay(page)
        .locator(`#${id}`)
        .evaluate((element: HTMLElement) => element.click());
    }
    await page.keyboard.press('Space');
    await page.waitForSelector('.stage[data-status=playing]');
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    for (const frame of page.frames()) {
      expect(await frame.evaluate('window.owned || 0')).toBe(0);
    }
    expect(dialogs).toBe(0);
    expect(theatre.stranger.connections).toBe(0);
    expect(page.url()).toContain('/player/index.html');

    // Last, because a browser tries what failed again by itself.
    await page.goto('http://evil.example/').catch(() => undefined);
    expect(theatre.stranger.connections, 'the stranger can be reached').toBeGreaterThan(0);
  });
});
