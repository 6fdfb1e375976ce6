import { EventType } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import { FAILURE_MS, manifestOf, START } from './recording';
import { openPlayer, playPast, playhead, replay, seek, useTheatre } from './theatre';

const theatre = useTheatre();

describe('the player', () => {
  it('opens at the marker, paused, with the page as it was at that moment', async () => {
    const page = await openPlayer(theatre, 'marker=m-3');
    expect(await replay(page).locator('#banner').textContent()).toContain('Payment failed');
    expect(await replay(page).locator('#cart li').count()).toBe(4);
    expect(await playhead(page)).toBe(FAILURE_MS);
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isVisible()).toBe(true);
    const range = page.locator('input[type=range]');
    expect(await range.getAttribute('aria-valuetext')).toMatch(/^52 seconds, error: /);
  });

  it('loads from the nearest full snapshot on, and not what lies before it', async () => {
    await openPlayer(theatre, 'marker=m-3');
    const chunks = theatre.server.asked.filter((path) => path.startsWith('chunks/'));
    expect(chunks).toEqual(['chunks/3', 'chunks/4']);
  });

  it('shows the replay in a frame that may never run scripts', async () => {
    const page = await openPlayer(theatre, 't=1000');
    const frame = page.locator('.screen.is-shown iframe');
    expect(await frame.getAttribute('sandbox')).toBe('allow-same-origin');
  });

  it('seeks back and forth, and each moment has its own page', async () => {
    const page = await openPlayer(theatre, 't=5000');
    expect(await replay(page).locator('#cart li').count()).toBe(2);
    await seek(page, 65_000);
    expect(await replay(page).locator('#title').textContent()).toBe('Come back soon');
    await seek(page, 15_000);
    expect(await replay(page).locator('#cart li').count()).toBe(3);
    expect(await replay(page).locator('#banner').count()).toBe(0);
  });

  it('plays, faster when told so, and remembers the speed', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('radio', { name: '16×' }).check();
    const { playedMs, passedMs } = await playPast(page, 11_000);
    expect(playedMs / passedMs).toBeGreaterThan(4);
    // A page that was held up stops later, with what had been added by then.
    expect(await replay(page).locator('#cart li').count()).toBe(playedMs < 20_000 ? 3 : 4);
    await page.reload();
    await page.waitForSelector('.stage[data-status=paused]');
    expect(await page.getByRole('radio', { name: '16×' }).isChecked()).toBe(true);
  });

  it('plays to the end, and then from the start again', async () => {
    const page = await openPlayer(theatre, 't=69500');
    await page.keyboard.press('Space');
    await page.waitForSelector('.stage[data-status=ended]');
    await page.getByRole('button', { name: 'Play again' }).click();
    await page.waitForSelector('.stage[data-status=playing]');
    expect(await playhead(page)).toBeLessThan(5_000);
  });

  it('skips idle time by seeking, and says so', async () => {
    const page = await openPlayer(theatre, 't=23100');
    await page.keyboard.press('Space');
    await page.waitForFunction(() =>
      document.body.textContent.includes('Skipped 26 s without activity'),
    );
    expect(await playhead(page)).toBeGreaterThanOrEqual(49_000);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Skip idle time' }).click();
    await seek(page, 24_000);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForSelector('.stage[data-status=playing]');
    expect(await playhead(page)).toBeLessThan(40_000);
  });

  it('names a missing chunk, plays over it, and takes it when it comes after all', async () => {
    theatre.server.failures.set('chunks/2', 404);
    const page = await openPlayer(theatre, 't=12000');
    const cover = page.locator('.stage-cover');
    expect(await cover.textContent()).toContain('No picture for this moment');
    expect(await cover.textContent()).toContain('10 s missing from 0:10 to 0:20');
    expect(await page.locator('.losses').textContent()).toContain('10 s missing');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.body.textContent.includes('Jumped over 10 s'));
    await page.keyboard.press('Space');
    expect(await playhead(page)).toBeGreaterThanOrEqual(20_000);
    await seek(page, 12_000);
    theatre.server.failures.clear();
    await cover.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => replay(page).locator('#cart li').count()).toBe(3);
    await expect.poll(() => cover.isVisible()).toBe(false);
  });

  it('waits at a part that is late, says so, and plays on when it comes', async () => {
    const release = theatre.server.hold('chunks/2');
    const page = await openPlayer(theatre, 't=9500');
    await page.keyboard.press('Space');
    await page.waitForSelector('.stage[data-status=buffering]');
    await page.getByText('Loading this moment…').waitFor();
    expect(await playhead(page)).toBeGreaterThanOrEqual(9_500);
    expect(await playhead(page)).toBeLessThan(10_500);
    release();
    await page.waitForSelector('.stage[data-status=playing]');
    await expect.poll(() => replay(page).locator('#cart li').count()).toBe(3);
  });

  it('draws no mouse tail for those who asked for less motion', async () => {
    const calm = await theatre.browser.newContext({ reducedMotion: 'reduce' });
    const page = await calm.newPage();
    await page.goto(`${theatre.server.origin}/player/index.html?session=s-1&project=p-1`);
    await page.waitForSelector('.stage[data-status=paused]');
    expect(await page.locator('.replayer-mouse').count()).toBe(1);
    expect(await page.locator('.replayer-mouse-tail').count()).toBe(0);
  });

  it('ends where the last of many quick seeks asks it to', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.evaluate(async () => {
      const moments = [65_000, 5_000, 22_000, 52_000, 15_000];
      await Promise.all(moments.map((ms) => window.retrospecPlayer.seek(ms)));
    });
    expect(await playhead(page)).toBe(15_000);
    expect(await replay(page).locator('#cart li').count()).toBe(3);
    expect(await page.locator('.screen').count()).toBe(1);
  });

  it('is moved and read as a slider', async () => {
    const page = await openPlayer(theatre, 't=0');
    const slider = page.getByRole('slider', { name: 'Time in the session' });
    await slider.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => playhead(page)).toBe(1_000);
    expect(await slider.getAttribute('aria-valuetext')).toBe('1 second');
    const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(box.x + 8 + ((box.width - 16) * 30) / 70, box.y + box.height / 2);
    await expect.poll(() => playhead(page)).toBeGreaterThan(29_000);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^(29|30) seconds, no activity$/);
  });

  it('puts each lane in one tab stop, with arrow keys from moment to moment', async () => {
    const page = await openPlayer(theatre, 't=0');
    const lane = page.getByRole('group', { name: /^Errors, 3 moments/ });
    await lane.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => playhead(page)).toBe(51_400);
    expect(await lane.locator('[tabindex="0"]').count()).toBe(1);
  });

  it('opens a two-hour session near its end without loading what lies before', async () => {
    const CHUNK_MS = 5_000;
    const [film, scene] = [
      theatre.recording.chunks.get(1) ?? [],
      theatre.recording.chunks.get(2) ?? [],
    ];
    const chunks = new Map(
      Array.from({ length: 1_440 }, (_, index) => {
        const source =
          index % 60 === 0
            ? film
            : scene.filter((event) => event.type === EventType.IncrementalSnapshot);
        const shift = index * CHUNK_MS + START - (source[0]?.timestamp ?? 0);
        const events = source.map((event) => ({ ...event, timestamp: event.timestamp + shift }));
        return [index + 1, events] as const;
      }),
    );
    const long = { durationMs: 7_200_000, endedAt: null, idlePeriods: [] };
    theatre.server.reset({ ...theatre.recording, manifest: manifestOf(chunks, long), chunks });
    const began = performance.now();
    const page = await openPlayer(theatre, 't=7190000');
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(await replay(page).locator('#cart li').count()).toBeGreaterThan(2);
    const loaded = theatre.server.asked.filter((path) => path.startsWith('chunks/'));
    expect(loaded).toHaveLength(2); // the full snapshot, and all from there on
  });

  it('jumps to the next and the previous error', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.keyboard.press(']');
    await expect.poll(() => playhead(page)).toBe(21_000);
    await page.getByRole('button', { name: 'Next error' }).click();
    await expect.poll(() => playhead(page)).toBe(51_400);
    await page.keyboard.press('[');
    await expect.poll(() => playhead(page)).toBe(21_000);
  });

  it('listens to keys inside the replay, and not in its own fields', async () => {
    const page = await openPlayer(theatre, 't=5000');
    await replay(page)
      .locator('#note')
      .evaluate((field: HTMLElement) => field.focus());
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => playhead(page)).toBe(10_000);
    await page.getByRole('searchbox', { name: 'Filter errors' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type(' ]4');
    expect(await playhead(page)).toBe(10_000);
    expect(await page.getByRole('radio', { name: '1×', exact: true }).isChecked()).toBe(true);
  });

  it('lets its shortcuts be switched off', async () => {
    const page = await openPlayer(theatre, 't=5000');
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Shortcuts are on' }).uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('body').press('ArrowRight');
    expect(await playhead(page)).toBe(5_000);
  });

  it('keeps its panels at the playhead, and a row moves it', async () => {
    const page = await openPlayer(theatre, 'marker=m-3');
    await page.getByRole('tab', { name: /Console/ }).click();
    const current = page.locator('#panel-console li[aria-current]');
    expect(await current.textContent()).toContain('Uncaught TypeError');
    await page.getByRole('button', { name: /Shop ready/ }).click();
    await expect.poll(() => playhead(page)).toBe(1_200);
    await expect.poll(() => current.textContent()).toContain('Shop ready');
    await page.getByRole('searchbox', { name: 'Filter console' }).fill('house');
    await expect.poll(() => page.locator('#panel-console li').count()).toBe(1);
  });

  it('links the report card to the moments it speaks of', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.getByRole('tab', { name: 'Report card' }).click();
    await page
      .getByRole('button', { name: /POST \/api\/pay answered 502/ })
      .last()
      .click();
    await expect.poll(() => playhead(page)).toBe(51_400);
  });

  it('offers the script interface of the requirements', async () => {
    const page = await openPlayer(theatre, 't=0');
    await page.evaluate(() => window.retrospecPlayer.loadSession('s-1', { t: 60_500 }));
    expect(await playhead(page)).toBe(60_500);
    const event = await page.evaluate(() => window.retrospecPlayer.getEventAtTime(52_000));
    expect(event).toMatchObject({ ms: FAILURE_MS });
  });
});
