import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forged } from './forged';
import { manifestOf, type Recording } from './recording';
import { closeTheatre, openTheatre, playhead, replay, type Theatre } from './theatre';

let theatre: Theatre;
let folder: string;

beforeAll(async () => {
  theatre = await openTheatre();
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
});
afterAll(async () => {
  await closeTheatre(theatre);
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const context of theatre.browser.contexts()) await context.close();
});

/** The file as the server writes it (`OfflinePage`). */
async function exported(recording: Recording): Promise<string> {
  const read = (name: string): Promise<string> =>
    readFile(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
  const [script, style] = await Promise.all([read('offline.js'), read('offline.css')]);
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'`;
  const answer = (path: string, value: unknown): string =>
    `<script type="application/json" data-path="${path}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
  const html = [
    `<!doctype html><html lang="en" data-session="s-1"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style></head>`,
    `<body><main id="player" class="player"></main>`,
    answer('manifest', recording.manifest),
    answer('timeline', { events: recording.timeline }),
    ...[...recording.chunks].map(([seq, events]) => answer(`chunks/${seq}`, events)),
    `<script>${script}</script></body></html>`,
  ];
  const file = join(folder, `${Math.random()}.html`);
  await writeFile(file, html.join('\n'));
  return pathToFileURL(file).href;
}

describe('an exported file', () => {
  it('plays from the disk, with its lists, and asks nobody', async () => {
    const page = await theatre.browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = await exported(theatre.recording);
    await page.goto(`${address}?t=52000`);
    await page.waitForSelector('.stage[data-status=paused]');
    expect(await playhead(page)).toBe(52_000);
    await expect.poll(() => replay(page).locator('#banner').textContent()).toContain('failed');
    await page.getByRole('tab', { name: /Console/ }).click();
    expect(await page.getByRole('tabpanel', { name: /Console/ }).textContent()).toContain(
      'Shop ready, 3 plants',
    );
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForSelector('.stage[data-status=playing]');
    expect(asked.filter((url) => url.startsWith('http'))).toEqual([]);
  });

  it('holds a forged recording as safely as the dashboard does', async () => {
    const chunks = new Map([[1, forged()]]);
    const manifest = manifestOf(chunks, { idlePeriods: [], markers: [] });
    const page = await theatre.browser.newPage();
    await page.addInitScript(() => {
      Object.assign(window, {
        owned: 0,
        own: () => ((window as unknown as { owned: number }).owned += 1),
      });
    });
    theatre.stranger.connections = 0;
    await page.goto(`${await exported({ manifest, chunks, timeline: [] })}?t=1000`);
    await page.waitForSelector('.stage[data-status=paused]');
    await replay(page).locator('#late').waitFor({ state: 'attached' });
    for (const id of ['link', 'press', 'late']) {
      await replay(page)
        .locator(`#${id}`)
        .evaluate((element: HTMLElement) => element.click());
    }
    for (const frame of page.frames()) {
      expect(await frame.evaluate('window.owned || 0')).toBe(0);
    }
    expect(theatre.stranger.connections).toBe(0);
  });
});
