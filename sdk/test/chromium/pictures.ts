import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Sink } from './sink';
import type { RetrospecWindow } from './stages';

export const KEPT = { 'Cache-Control': 'public, max-age=600' };

export function picture(colour: string): { body: string; headers: Record<string, string> } {
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" fill="${colour}"/>`;
  return { body, headers: { 'Content-Type': 'image/svg+xml', ...KEPT } };
}

export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** How many assets the recorder has told so far to be missing. */
export async function countMissing(page: Page, sink: Sink): Promise<number> {
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    // Counters travel with events.
    retrospec.addCustomEvent('count');
    return retrospec.flush();
  });
  return sink.chunks.reduce((sum, chunk) => sum + chunk.body.counters.assetsMissing, 0);
}
