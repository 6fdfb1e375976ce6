import type { CDPSession, Page } from 'playwright-core';
import type { MockServer } from '../test/chromium/mockServer';

/** What one full-length look at a recording cost. Times in milliseconds, sizes in MB. */
export interface Figures {
  readonly firstFrame: readonly number[];
  readonly seek: readonly number[];
  readonly heapAfterOpen: number;
  readonly heapAfterSeeks: number;
  readonly heapAfterPlay: number;
  readonly frames: readonly number[];
  readonly boundary: readonly number[];
}

const NEXT_FRAME =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))';

export interface Visit {
  readonly server: MockServer;
  readonly newPage: () => Promise<Page>;
  readonly durationMs: number;
  readonly opens: number;
  readonly seeks: number;
}

export async function measure(visit: Visit): Promise<Figures> {
  const firstFrame: number[] = [];
  for (let n = 0; n < visit.opens; n++) {
    const page = await visit.newPage();
    firstFrame.push(
      await open(page, visit.server, Math.round((n / visit.opens) * visit.durationMs)),
    );
    await page.context().close();
  }
  const page = await visit.newPage();
  const cdp = await page.context().newCDPSession(page);
  await open(page, visit.server, 0);
  const heapAfterOpen = await heap(cdp);
  const seek: number[] = [];
  let seed = 3;
  for (let n = 0; n < visit.seeks; n++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    seek.push(await seekTo(page, (seed / 2147483648) * visit.durationMs));
  }
  const heapAfterSeeks = await heap(cdp);
  await page.evaluate('window.retrospecPlayer.setSpeed(1)');
  await seekTo(page, 60_000);
  const frames = await play(page, 10_000);
  await seekTo(page, 5 * 60_000 - 2_000);
  const boundary = await play(page, 5_000);
  await page.evaluate('window.retrospecPlayer.setSpeed(16)');
  await seekTo(page, 0);
  await play(page, 30_000);
  const heapAfterPlay = await heap(cdp);
  await page.context().close();
  return { firstFrame, seek, heapAfterOpen, heapAfterSeeks, heapAfterPlay, frames, boundary };
}

async function open(page: Page, server: MockServer, ms: number): Promise<number> {
  await page.goto(`${server.origin}/player/index.html?session=s-1&project=p-1&t=${ms}`);
  await page.waitForSelector('.stage[data-status=paused] .screen.is-shown, .stage-cover .note', {
    state: 'attached',
  });
  return page.evaluate<number>(NEXT_FRAME);
}

async function seekTo(page: Page, ms: number): Promise<number> {
  return page.evaluate<number>(
    `(async () => { const began = performance.now(); await window.retrospecPlayer.seek(${ms});
      return (await ${NEXT_FRAME}) - began; })()`,
  );
}

/** Plays for so long and answers how long each frame was on the screen. */
async function play(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate<number[]>(
    `new Promise((done) => { const frames = []; let last = 0; const began = performance.now();
      const look = (now) => { if (last) frames.push(now - last); last = now;
        if (now - began < ${forMs}) requestAnimationFrame(look);
        else { window.retrospecPlayer.pause(); done(frames); } };
      window.retrospecPlayer.play(); requestAnimationFrame(look); })`,
  );
}

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1024 / 1024;
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? NaN;
}
