import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** How many chunks lie on disk; undefined without a database. */
export function keptChunks(page: Page): Promise<number | undefined> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    if (!all.some(({ name }) => name === 'retrospec')) return undefined;
    const opened = await new Promise<IDBDatabase | undefined>((resolve) => {
      const request = indexedDB.open('retrospec');
      // Gone since a moment ago: it must not come back by being looked for.
      request.onupgradeneeded = () => request.transaction?.abort();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
    if (!opened) return undefined;
    return new Promise<number>((resolve) => {
      const count = opened.transaction('chunks').objectStore('chunks').count();
      count.onsuccess = () => {
        opened.close();
        resolve(count.result);
      };
    });
  });
}

/** Until the page has learned of a refusal, which is later than that the browser has the answer. */
export async function untilKept(page: Page, moreThan = 0): Promise<void> {
  await expect.poll(async () => (await keptChunks(page)) ?? 0).toBeGreaterThan(moreThan);
}
