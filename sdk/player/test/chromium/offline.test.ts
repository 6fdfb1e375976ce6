import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EventType, NodeType, type eventWithTime, type serializedNodeWithId } from '@rrweb/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forged } from './forged';
import { manifestOf, type Recording } from './recording';
import { playhead, replay, useTheatre } from './theatre';

const theatre = useTheatre();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The file as the server writes it (`OfflinePage`). */
async function exported(recording: Recording, assets: unknown[] = []): Promise<string> {
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
    answer('assets', assets),
    ...[...recording.chunks].map(([seq, events]) => answer(`chunks/${seq}`, events)),
    `<script>${script}</script></body></html>`,
  ];
  const file = join(folder, `${Math.random()}.html`);
  await writeFile(file, html.join('\n'));
  return pathToFileURL(file).href;
}

/** The events, whose first whole picture of the page has one more image. */
function withPicture(events: readonly eventWithTime[], url: string): eventWithTime[] {
  const copy = structuredClone(events) as eventWithTime[];
  const snapshot = copy.find((event) => event.type === EventType.FullSnapshot);
  const find = (node: serializedNodeWithId): serializedNodeWithId | undefined =>
    'tagName' in node && node.tagName === 'body'
      ? node
      : 'childNodes' in node
        ? node.childNodes.map(find).find(Boolean)
        : undefined;
  const body = snapshot && find(snapshot.data.node);
  if (!body || !('childNodes' in body)) throw new Error('the recording has no body');
  const attributes = { src: url, 'data-kept': 'true' };
  const image = { type: NodeType.Element, id: 99_999, tagName: 'img', attributes, childNodes: [] };
  body.childNodes.push(image as serializedNodeWithId);
  return copy;
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

  it('shows the pictures that the server had kept', async () => {
    const url = 'https://shop.example/tea.svg';
    const tea = Buffer.from(`<svg xmlns='http://www.w3.org/2000/svg' width='64' height='32'/>`);
    const chunks = new Map([[1, withPicture(theatre.recording.chunks.get(1) ?? [], url)]]);
    const manifest = manifestOf(chunks, { idlePeriods: [], markers: [] });
    const page = await theatre.browser.newPage();
    const content = `data:image/svg+xml;base64,${tea.toString('base64')}`;
    await page.goto(await exported({ manifest, chunks, timeline: [] }, [{ url, content }]));
    await page.waitForSelector('.stage[data-status=paused]');
    const picture = replay(page).locator('img[data-kept]');
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(64);
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
