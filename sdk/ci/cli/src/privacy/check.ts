import type { Browser, Page } from 'playwright-core';
import { NotDone } from '../job';
import { leakOf, type Canary } from './canaries';
import { fillPage } from './fields';
import { hearTraffic, type Sent, type Traffic } from './traffic';

/** The SDK is put on a page that has none. */
export interface Injection {
  scriptUrl: string;
  ingestKey: string;
  privacyLevel: string | undefined;
}

export interface CheckOptions {
  waitForSelector: string | undefined;
  injection: Injection | undefined;
  /** Also what the page itself sends elsewhere counts. */
  allRequests: boolean;
  /** What the server keeps of these sessions, as texts with a name each; undefined: not asked. */
  readBack: ((sessions: string[]) => Promise<{ what: string; text: string }[]>) | undefined;
}

export interface Leak {
  field: string;
  channel: string;
  /** As much of the canary as was there. */
  part: string;
}

export interface PageCheck {
  page: string;
  fields: string[];
  /** Messages to the recorder's server. */
  messages: number;
  sessions: string[];
  leaks: Leak[];
}

const LOAD_TIMEOUT_MS = 30_000;
const RECORDER_TIMEOUT_MS = 15_000;
/** The recorder sends every five seconds when nobody asks it to. */
const LAST_FLUSH_MS = 6_000;

interface PageGlobals {
  retrospec?: { flush(): Promise<void> };
}

async function inject(page: Page, injection: Injection): Promise<void> {
  await page.evaluate(({ scriptUrl, ingestKey, privacyLevel }) => {
    const script = document.createElement('script');
    script.src = scriptUrl;
    Object.assign(script.dataset, { apiKey: ingestKey, site: 'privacy-check' });
    if (privacyLevel) script.dataset.privacyLevel = privacyLevel;
    document.head.append(script);
  }, injection);
}

/** Until something was recorded: without it, silence would look like privacy. */
async function awaitRecorder(page: Page, traffic: Traffic, timeoutMs: number): Promise<void> {
  for (const end = Date.now() + timeoutMs; ;) {
    await flush(page);
    await traffic.settled();
    if (traffic.sessions().length > 0) return;
    if (Date.now() > end) throw new NotDone(`nothing is recorded on ${page.url()}`);
    await page.waitForTimeout(250);
  }
}

async function flush(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { retrospec } = globalThis as PageGlobals;
    if (!retrospec) return false;
    await Promise.race([retrospec.flush(), new Promise((done) => setTimeout(done, 5_000))]);
    return true;
  });
}

/** One for each field and channel: the longest part, because typing sends every beginning. */
function leaksIn(canaries: Canary[], texts: { what: string; text: string }[]): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const { field, value } of canaries) {
    for (const { what: channel, text } of texts) {
      const part = leakOf(value, text);
      const key = `${field}\n${channel}`;
      if (part && part.length > (leaks.get(key)?.part.length ?? 0)) {
        leaks.set(key, { field, channel, part });
      }
    }
  }
  return [...leaks.values()];
}

/** One page in a browser context of its own. */
export async function checkPage(
  browser: Browser,
  address: string,
  options: CheckOptions,
): Promise<PageCheck> {
  const context = await browser.newContext({ bypassCSP: options.injection !== undefined });
  try {
    const traffic = await hearTraffic(context);
    const page = await context.newPage();
    await page
      .goto(address, { waitUntil: 'load', timeout: LOAD_TIMEOUT_MS })
      .catch((error: unknown) => {
        throw new NotDone(`${address} does not open: ${String(error).split('\n')[0] ?? ''}`);
      });
    if (options.waitForSelector) await page.waitForSelector(options.waitForSelector);
    if (options.injection) await inject(page, options.injection);
    await awaitRecorder(page, traffic, RECORDER_TIMEOUT_MS);
    const canaries = await fillPage(page);
    await page.waitForTimeout(500); // the recorder writes in a task of its own
    if (!(await flush(page))) await page.waitForTimeout(LAST_FLUSH_MS);
    await traffic.settled();
    const counts = (it: Sent) => it.isRecording || options.allRequests;
    const kept = await options.readBack?.(traffic.sessions());
    return {
      page: address,
      fields: canaries.map(({ field }) => field),
      messages: traffic.sent.filter((it) => it.isRecording).length,
      sessions: traffic.sessions(),
      leaks: leaksIn(canaries, [...traffic.sent.filter(counts), ...(kept ?? [])]),
    };
  } finally {
    await context.close();
  }
}
