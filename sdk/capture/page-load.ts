import type { BrowserContext, Page } from 'playwright-core';
import type { Command } from './command';
import type { ConsoleLines } from './console-lines';

/** Document 002: network calls are tried three times. */
const TRIES = 3;

/** After the first try; twice that after the second. */
const PAUSE_MS = 500;

/** A page that polls is never quiet: it is shown as it is then. */
const QUIET_MS = 5_000;

/** For what comes after loading, whatever loading took. */
const AFTERWARDS_MS = 20_000;

/** Browsers follow twenty; the server refuses what needed more than ten. */
const MAX_ADDRESSES = 30;

/** The page, or why there is none. */
export interface Loaded {
  page?: Page;
  /** Where the page itself was in the last try, and goes on to. */
  addresses: string[];
  reason: string;
}

/** Up to three tries, each in a page of its own, because what is left of a failed one is no page. */
export async function load(
  context: BrowserContext,
  task: Command['task'],
  console: ConsoleLines,
): Promise<Loaded> {
  const begun = Date.now();
  for (let attempt = 1; ; attempt++) {
    const page = await context.newPage();
    listen(page, console);
    const addresses = addressesOf(page);
    try {
      await page.goto(task.url, { waitUntil: 'load', timeout: timeLeft(task, begun) });
      await settle(page, task);
      return { page, addresses, reason: '' };
    } catch (failure) {
      if (!context.browser()?.isConnected()) throw failure;
      if (attempt === TRIES) return { addresses, reason: reasonOf(failure) };
      await page.close();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}

function listen(page: Page, console: ConsoleLines): void {
  page.on('console', (message) => console.add(message.type(), message.text()));
  page.on('pageerror', (error) => console.add('ERROR', error.stack ?? error.message));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
}

/** Where the page itself goes from now on: by a redirect, a script, a refresh. */
function addressesOf(page: Page): string[] {
  const addresses: string[] = [];
  page.on('request', (request) => {
    if (
      addresses.length < MAX_ADDRESSES &&
      request.isNavigationRequest() &&
      request.frame() === page.mainFrame()
    ) {
      addresses.push(request.url());
    }
  });
  return addresses;
}

/** Waits for what was asked for; a page without it is a finding, not a failure. */
async function settle(page: Page, task: Command['task']): Promise<void> {
  await untilTimeout(page.waitForLoadState('networkidle', { timeout: QUIET_MS }));
  if (task.selector === undefined) {
    await page.waitForTimeout(task.patience);
  } else {
    await untilTimeout(
      page.waitForSelector(task.selector, { timeout: Math.max(1, task.patience) }),
    );
  }
}

async function untilTimeout(wait: Promise<unknown>): Promise<void> {
  try {
    await wait;
  } catch (failure) {
    if (!isTimeout(failure)) throw failure;
  }
}

/** What is left of the whole when the rest has had its share; at least a second. */
function timeLeft(task: Command['task'], begun: number): number {
  const left = task.whole - (Date.now() - begun) - task.patience - AFTERWARDS_MS;
  return Math.max(1_000, Math.min(left, task.loading));
}

/** In a word, without Playwright's log. */
export function reasonOf(failure: unknown): string {
  if (isTimeout(failure)) return 'timeout';
  return /net::ERR_[A-Z0-9_]+/.exec(String(failure))?.[0] ?? '';
}

function isTimeout(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'TimeoutError';
}
