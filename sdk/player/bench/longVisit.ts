import { gzipSync } from 'node:zlib';
import type { eventWithTime } from '@rrweb/types';
import type { Browser } from 'playwright-core';
import type { WireChunk, WireManifest, WireTimelineEvent } from '../src/model/wire';
import { at, chunkOf, manifestOf, type Recording, START } from '../test/chromium/recording';

/** A full snapshot comes this often, as the SDK makes them. */
const SCENE_MS = 5 * 60_000;

/** A flush of the SDK. */
const CHUNK_MS = 5_000;

const SCENES_RECORDED = 3;

export interface LongVisit extends Recording {
  readonly packed: ReadonlyMap<number, Buffer>;
  readonly jsonBytes: number;
  readonly wireBytes: number;
  readonly events: number;
}

/**
 * A long visit out of real rrweb events: some scenes recorded in the browser, each from a full
 * snapshot on, stretched to five minutes and played one after the other.
 *
 * @param steps changes of the page in one scene
 */
export async function longVisit(
  browser: Browser,
  origin: string,
  durationMs: number,
  steps: number,
): Promise<LongVisit> {
  const scenes = await recordScenes(browser, origin, steps);
  const packed = new Map<number, Buffer>();
  const wire: WireChunk[] = [];
  const timeline: WireTimelineEvent[] = [];
  let jsonBytes = 0;
  let count = 0;
  for (let from = 0, seq = 1; from < durationMs; from += SCENE_MS) {
    const scene = scenes[(from / SCENE_MS) % scenes.length] ?? [];
    for (const events of cut(moved(scene, from))) {
      const json = JSON.stringify(events);
      const body = gzipSync(json, { level: 4 });
      jsonBytes += json.length;
      count += events.length;
      packed.set(seq, body);
      wire.push({ ...chunkOf(seq, 'w-1', events), bytes: body.length });
      seq++;
    }
  }
  for (let ms = 0; ms < durationMs; ms += 2_000) timeline.push(entry(ms));
  return {
    manifest: manifestOfLong(wire, durationMs),
    chunks: new Map(),
    timeline,
    packed,
    jsonBytes,
    wireBytes: [...packed.values()].reduce((sum, body) => sum + body.length, 0),
    events: count,
  };
}

async function recordScenes(
  browser: Browser,
  origin: string,
  steps: number,
): Promise<eventWithTime[][]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${origin}/control-room`);
  const scenes: eventWithTime[][] = [];
  for (let n = 0; n < SCENES_RECORDED; n++) {
    const done = page.evaluate(`window.scene(${steps})`);
    await page.mouse.move(200 + n * 30, 150);
    for (let move = 0; move < 40; move++) {
      await page.mouse.move(200 + move * 20, 150 + (move % 7) * 60, { steps: 4 });
    }
    await page.click('#filter');
    await page.keyboard.type(`station ${n}`, { delay: 30 });
    await done;
    scenes.push(await page.evaluate<eventWithTime[]>('window.recorded.splice(0)'));
  }
  await page.close();
  return scenes;
}

/** The scene at another time, as long as five minutes. */
function moved(scene: readonly eventWithTime[], from: number): eventWithTime[] {
  const first = scene[0]?.timestamp ?? 0;
  const last = scene.at(-1)?.timestamp ?? first;
  const factor = (SCENE_MS - 1_000) / Math.max(1, last - first);
  return scene.map((event) => ({
    ...event,
    timestamp: START + from + Math.round((event.timestamp - first) * factor),
  }));
}

function cut(events: readonly eventWithTime[]): eventWithTime[][] {
  const chunks = new Map<number, eventWithTime[]>();
  for (const event of events) {
    const slot = Math.floor((event.timestamp - START) / CHUNK_MS);
    const chunk = chunks.get(slot);
    if (chunk) chunk.push(event);
    else chunks.set(slot, [event]);
  }
  return [...chunks.values()];
}

function manifestOfLong(chunks: readonly WireChunk[], durationMs: number): WireManifest {
  return manifestOf(new Map(), {
    chunks,
    endedAt: at(durationMs),
    durationMs,
    viewport: { width: 1280, height: 800 },
    idlePeriods: [],
    completeness: { chunksExpected: chunks.length, chunksReceived: chunks.length },
  });
}

function entry(ms: number): WireTimelineEvent {
  return (ms / 2_000) % 3 === 0
    ? { at: at(ms), kind: 'console', level: 'info', text: `tick at ${ms}`, data: {} }
    : {
        at: at(ms),
        kind: 'network',
        level: 'info',
        text: 'GET /api/stations',
        data: { status: 200, durationMs: 84 },
      };
}
