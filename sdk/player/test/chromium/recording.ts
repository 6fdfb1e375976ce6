import { EventType, type eventWithTime } from '@rrweb/types';
import type { Browser, Page } from 'playwright-core';
import type { WireChunk, WireManifest, WireTimelineEvent } from '../../src/model/wire';

export const START = Date.parse('2026-11-21T10:00:00.000Z');

export const at = (ms: number): string => new Date(START + ms).toISOString();

export interface Recording {
  readonly manifest: WireManifest;
  readonly chunks: ReadonlyMap<number, readonly eventWithTime[]>;
  readonly timeline: readonly WireTimelineEvent[];
  /** Chunks as they travel, gzip; they go before `chunks`. */
  readonly packed?: ReadonlyMap<number, Buffer>;
}

/** Session time of the failed payment. */
export const FAILURE_MS = 52_000;

/** What happens in the shop, and at which session time it is made to have happened. */
const SCENES: readonly { readonly ms: number; readonly act: (page: Page) => Promise<void> }[] = [
  { ms: 0, act: (page) => add(page, 2) },
  { ms: 10_000, act: (page) => add(page, 1) },
  {
    ms: 20_000,
    act: async (page) => {
      await page.evaluate('recorder.record.takeFullSnapshot(true)');
      await add(page, 1);
    },
  },
  { ms: 50_000, act: (page) => page.click('#pay') },
  {
    ms: 60_000,
    act: async (page) => {
      await page.evaluate(`document.getElementById('message').textContent = ''`);
      await page.evaluate(`document.getElementById('title').textContent = 'Come back soon'`);
    },
  },
];

async function add(page: Page, times: number): Promise<void> {
  for (let n = 0; n < times; n++) await page.click('#add');
  await page.mouse.move(300, 200, { steps: 5 });
}

/**
 * Records a visit with rrweb in the browser, one chunk per scene, and moves the scenes apart so
 * that a minute need not be waited for.
 */
export async function recordVisit(browser: Browser, origin: string): Promise<Recording> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  await page.goto(`${origin}/shop`);
  await page.waitForFunction('window.recorded.length > 1');
  const chunks = new Map<number, readonly eventWithTime[]>();
  for (const [index, scene] of SCENES.entries()) {
    await scene.act(page);
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    const events = await page.evaluate<eventWithTime[]>('window.recorded.splice(0)');
    chunks.set(index + 1, movedTo(events, scene.ms));
  }
  await page.close();
  return { manifest: manifestOf(chunks), chunks, timeline: TIMELINE };
}

/** On a busy machine a click may take seconds; by then the markers say that it has happened. */
const LONGEST_SCENE_MS = 900;

function movedTo(events: readonly eventWithTime[], ms: number): eventWithTime[] {
  const times = events.map((event) => event.timestamp);
  const first = Math.min(...times);
  const pace = Math.min(1, LONGEST_SCENE_MS / Math.max(1, Math.max(...times) - first));
  return events.map((event) => ({
    ...event,
    timestamp: START + ms + Math.round((event.timestamp - first) * pace),
  }));
}

export function manifestOf(
  chunks: ReadonlyMap<number, readonly eventWithTime[]>,
  more: Partial<WireManifest> = {},
): WireManifest {
  return {
    sessionId: 's-1',
    projectId: 'p-1',
    site: 'shop.example',
    status: 'ready',
    startedAt: at(0),
    endedAt: at(70_000),
    durationMs: 70_000,
    viewport: { width: 1200, height: 760 },
    user: { id: 'u-1' },
    userAgent: 'Chromium',
    chunks: [...chunks].map(([seq, events]) => chunkOf(seq, 'w-1', events)),
    markers: [
      marker('m-1', 'validation_failed', 'The address form was refused', 21_000),
      marker('m-2', 'api_error', 'POST /api/pay answered 502', 51_400),
      marker(
        'm-3',
        'js_exception',
        "TypeError: Cannot read properties of undefined (reading 'id')",
        FAILURE_MS,
      ),
    ],
    gaps: [],
    pages: [{ at: at(0), url: 'https://shop.example/plants' }],
    idlePeriods: [{ from: at(23_000), to: at(50_000) }],
    completeness: { chunksExpected: 5, chunksReceived: 5, dropped: {}, throttled: 0, masked: 3 },
    reportCard: {
      status: 'ready',
      symptom: 'The payment fails and the basket stays full',
      technicalRootCause:
        'POST /api/pay answered 502; the handler then read “id” of an empty answer.',
      suggestedFix: 'Check the answer before its body is read, and tell the visitor to try again.',
      textSummary: 'Four ferns were put into the basket. The payment was refused twice.',
      visualSummary: 'A red box “Payment failed” appeared beneath the button.',
      confidence: 0.82,
      evidence: [
        { atMs: 51_400, text: 'POST /api/pay answered 502' },
        { atMs: FAILURE_MS, text: 'The exception was thrown' },
      ],
    },
    ...more,
  };
}

export function chunkOf(
  seq: number,
  windowId: string,
  events: readonly eventWithTime[],
): WireChunk {
  const times = events.map((event) => event.timestamp);
  return {
    seq,
    windowId,
    firstEventAt: new Date(Math.min(...times)).toISOString(),
    lastEventAt: new Date(Math.max(...times)).toISOString(),
    events: events.length,
    bytes: 2_000,
    hasFullSnapshot: events.some((event) => event.type === EventType.FullSnapshot),
  };
}

function marker(id: string, kind: string, label: string, replayOffsetMs: number) {
  return { id, kind, label, replayOffsetMs, clusterKey: id, observedAt: at(replayOffsetMs) };
}

const TIMELINE: readonly WireTimelineEvent[] = [
  { at: at(300), kind: 'navigation', level: 'info', text: 'https://shop.example/plants', data: {} },
  {
    at: at(900),
    kind: 'network',
    level: 'info',
    text: 'GET /api/plants',
    data: { status: 200, durationMs: 84 },
  },
  { at: at(1_200), kind: 'console', level: 'info', text: 'Shop ready, 3 plants', data: {} },
  {
    at: at(10_400),
    kind: 'custom',
    level: 'info',
    text: 'basket_changed',
    data: { items: 3, total: 36 },
  },
  { at: at(21_000), kind: 'console', level: 'warn', text: 'Address has no house number', data: {} },
  {
    at: at(21_300),
    kind: 'custom',
    level: 'info',
    text: 'basket_changed',
    data: { items: 4, total: 48 },
  },
  {
    at: at(51_400),
    kind: 'network',
    level: 'error',
    text: 'POST /api/pay',
    data: { status: 502, durationMs: 1_240 },
  },
  {
    at: at(FAILURE_MS),
    kind: 'console',
    level: 'error',
    text: "Uncaught TypeError: Cannot read properties of undefined (reading 'id')\n    at pay (checkout.js:41:18)",
    data: { stack: 'at pay (checkout.js:41:18)' },
  },
  { at: at(60_200), kind: 'console', level: 'info', text: 'Basket emptied', data: {} },
];
