import { describe, expect, it } from 'vitest';
import { chunkOf, manifestOf } from './recording';
import { openPlayer, playhead, playPast, replay, useTheatre } from './theatre';

const theatre = useTheatre();

describe('several windows', () => {
  it('are followed to the one in which something happens', async () => {
    const other = (theatre.recording.chunks.get(1) ?? []).map((event) => ({
      ...event,
      timestamp: event.timestamp + 22_000,
    }));
    const ending = (theatre.recording.chunks.get(2) ?? []).map((event) => ({
      ...event,
      timestamp: event.timestamp + 50_000,
    }));
    const chunks = new Map([
      [1, theatre.recording.chunks.get(1) ?? []],
      [2, ending],
      [9, other],
    ]);
    const manifest = manifestOf(new Map(), {
      idlePeriods: [],
      chunks: [
        chunkOf(1, 'w-1', chunks.get(1) ?? []),
        chunkOf(2, 'w-1', ending),
        chunkOf(9, 'w-2', other),
      ],
    });
    theatre.server.reset({ ...theatre.recording, manifest, chunks });
    const page = await openPlayer(theatre, 't=20000');
    const second = page.getByRole('button', { name: /^Window 2/ });
    await page.getByRole('button', { name: /^Window 1/ }).click();
    await page.getByRole('checkbox', { name: 'Follow the visitor' }).check();
    expect(await second.getAttribute('aria-pressed')).toBe('false');
    await playPast(page, 22_300);
    await expect.poll(() => second.getAttribute('aria-pressed')).toBe('true');
    await replay(page).locator('#title').waitFor();
    // Because a clock that went on beside the new window's would move the playhead by itself.
    const paused = await playhead(page);
    await page.waitForTimeout(2_500);
    expect(await playhead(page)).toBe(paused);
  });
});
