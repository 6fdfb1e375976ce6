import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, chunkOf, manifestOf } from './recording';
import { openPlayer, useTheatre } from './theatre';

const AXE = (createRequire(import.meta.url)('axe-core') as { source: string }).source;
const PICTURES = fileURLToPath(new URL('../../target/pictures/', import.meta.url));

const theatre = useTheatre();

beforeAll(() => mkdir(PICTURES, { recursive: true }));
beforeEach(() => {
  const gaps = [{ windowId: 'w-1', from: at(12_000), to: at(15_000), reason: 'upload_failed' }];
  theatre.server.reset({ ...theatre.recording, manifest: { ...theatre.recording.manifest, gaps } });
});

/** The recorded page is not ours to judge. */
async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>(
    `axe.run({ exclude: ['.screen'] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html}`));
}

const NOTES = [
  {
    id: 'n-1',
    atMs: 5_000,
    author: 'user:ada',
    createdAt: at(0),
    text: 'Seen before by two others.',
  },
  {
    id: 'n-2',
    atMs: 51_000,
    author: 'key_7',
    createdAt: at(0),
    text: 'The button is dead:\nhttps://tracker.example/browse/SHOP-1234567890-with-a-very-long-name',
  },
];

const WIDTHS = [
  [1440, 860],
  [390, 844],
  [320, 640],
] as const;

/** Five searches of a page that work and never wait: they take as long as the machine is busy. */
const SEARCHES_MS = 90_000;

describe.each(['light', 'dark'])('in the %s theme', (theme) => {
  it.each(WIDTHS)(
    'fits %i by %i and has no serious axe violation',
    async (width, height) => {
      theatre.server.reset({
        ...theatre.recording,
        manifest: manifestOf(theatre.recording.chunks, { notes: NOTES }),
      });
      const page = await openPlayer(theatre, `marker=m-3&theme=${theme}`, { width, height });
      await page.waitForSelector('[role=tab]');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
      await page.screenshot({ path: `${PICTURES}errors-${width}-${theme}.png` });
      expect(await seriousViolations(page)).toEqual([]);
      for (const tab of ['Console', 'Network', 'Report card', 'Notes']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.screenshot({
          path: `${PICTURES}${tab.toLowerCase().replace(' ', '-')}-${width}-${theme}.png`,
        });
        expect(await seriousViolations(page)).toEqual([]);
      }
    },
    SEARCHES_MS,
  );

  it.each(WIDTHS)(
    'shows an event, windows and the certificate at %i by %i',
    async (width, height) => {
      const first = theatre.recording.chunks.get(1) ?? [];
      theatre.server.reset({
        ...theatre.recording,
        manifest: {
          ...theatre.recording.manifest,
          chunks: [
            ...(theatre.recording.manifest.chunks ?? []),
            { ...chunkOf(1, 'w-2', first), seq: 99 },
          ],
          completeness: {
            chunksExpected: 7,
            chunksReceived: 5,
            dropped: { queue_full: 3 },
            reduced: { mouse: 40 },
            masked: 3,
            maskable: 12,
            clockJumps: 1,
            complete: false,
          },
        },
        timeline: [
          ...theatre.recording.timeline,
          { at: at(2_000), kind: 'vital', data: { name: 'LCP', value: 5_000, rating: 'poor' } },
          { at: at(30_000), kind: 'reduced', data: { reason: 'mouse', count: 40 } },
        ],
      });
      const page = await openPlayer(theatre, `t=52000&theme=${theme}`, { width, height });
      await page.getByRole('tab', { name: 'Network' }).click();
      await page.locator('#panel-network .row').last().click();
      await page.waitForSelector('.inspector[aria-busy=false]');
      await page.screenshot({ path: `${PICTURES}event-${width}-${theme}.png`, fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('button', { name: /^Incomplete/ }).click();
      await page.screenshot({ path: `${PICTURES}certificate-${width}-${theme}.png` });
      expect(await seriousViolations(page)).toEqual([]);
    },
  );

  it('names a gap in readable colours, in mini mode, too', async () => {
    const page = await openPlayer(theatre, `t=13000&theme=${theme}`, { width: 1100, height: 700 });
    await page.screenshot({ path: `${PICTURES}gap-${theme}.png` });
    expect(await seriousViolations(page)).toEqual([]);
    const mini = await openPlayer(theatre, `marker=m-3&mini=1&theme=${theme}`, {
      width: 560,
      height: 400,
    });
    await mini.screenshot({ path: `${PICTURES}mini-${theme}.png` });
    expect(await seriousViolations(mini)).toEqual([]);
    await page.keyboard.press('?');
    await page.screenshot({ path: `${PICTURES}sheet-${theme}.png` });
    expect(await seriousViolations(page)).toEqual([]);
  });
});
