// Captures one page in a process of its own: whatever the page does to it, the server that started
// it only sees files that are there or not. Bundled by scripts/capture.mjs; runs in a folder with
// command.json, and leaves its results there.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Command, Outcome } from './command';
import { createConsoleLines } from './console-lines';
import { load, reasonOf } from './page-load';

/** A document that says more is cut off there. */
const MAX_HTML = 3_000_000;

/** Four bytes each in the browser, several times over. */
const MAX_PIXELS = 16_000_000;

/** Of a page that is one big photograph, the part above the fold. */
const MAX_PICTURE_BYTES = 24 * 1024 * 1024;

const PICTURE_MS = 20_000;

const command = JSON.parse(readFileSync('command.json', 'utf8')) as Command;
const playwright = createRequire(join(command.browser.playwright, 'index.js'));
const { chromium } = playwright('./index.js') as typeof import('playwright-core');

const browser = await chromium.launch({
  executablePath: command.browser.executablePath,
  chromiumSandbox: command.browser.sandbox,
  args: command.browser.args,
  headless: true,
});
writeFileSync('outcome.json', JSON.stringify(await capture(browser)));
await browser.close();

async function capture(browser: Browser): Promise<Outcome> {
  const context = await browser.newContext({
    viewport: command.task.viewport,
    proxy: { server: command.task.proxy },
    // because what a service worker fetches is in no HAR
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
    // Bodies in files: whoever reads the HAR need not have all of them in memory.
    recordHar: { path: join('har', 'network.har'), mode: 'full', content: 'attach' },
  });
  return captureIn(context);
}

async function captureIn(context: BrowserContext): Promise<Outcome> {
  const console = createConsoleLines();
  const { page, addresses, reason } = await load(context, command.task, console);
  if (!page) return { isCaptured: false, addresses, reason };
  try {
    writeFileSync('screenshot.png', await picture(page));
    const userAgent = await page.evaluate(() => navigator.userAgent);
    writeFileSync('dom.json', await page.evaluate<string>(readFileSync('dom-snapshot.js', 'utf8')));
    writeFileSync('page.html', (await page.content()).slice(0, MAX_HTML));
    // Because the HAR waits for answers that a page expects, and some pages wait for ever.
    await Promise.all(context.pages().map((open) => open.close()));
    await context.close(); // writes the HAR
    writeFileSync('console.log', console.text());
    return { isCaptured: true, addresses, userAgent };
  } catch (failure) {
    // Where it was tells whether it may be shown at all: that is said first.
    process.stderr.write(`${String(failure)}\n`);
    return { isCaptured: false, addresses, reason: reasonOf(failure) };
  }
}

/** The picture of the whole page, as far down as memory allows. */
async function picture(page: Page): Promise<Buffer> {
  const { width } = command.task.viewport;
  const height = await page.evaluate(() =>
    Math.max(
      document.documentElement?.scrollHeight ?? 0,
      document.body?.scrollHeight ?? 0,
      innerHeight,
    ),
  );
  const options = { animations: 'disabled', caret: 'hide', timeout: PICTURE_MS } as const;
  const whole = await page.screenshot({
    ...options,
    fullPage: true,
    ...(width * height > MAX_PIXELS && {
      clip: { x: 0, y: 0, width, height: Math.floor(MAX_PIXELS / width) },
    }),
  });
  return whole.length <= MAX_PICTURE_BYTES ? whole : page.screenshot(options);
}
