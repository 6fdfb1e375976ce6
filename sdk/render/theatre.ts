import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserType, Route } from 'playwright-core';
import type { Command } from './command';

/** A name that no name server knows. */
const ORIGIN = 'http://render.invalid';

/** Of another origin not even the picture that a recording names is asked for. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';" +
  " img-src 'self' data: blob:; font-src 'self' data:; base-uri 'none'; form-action 'none'";

const FILES: Readonly<Record<string, string>> = {
  '/page.html': 'text/html',
  '/page.js': 'text/javascript',
  '/page.css': 'text/css',
  '/events.json': 'application/json',
};

/**
 * A browser with one page and no world around it. Three walls, each enough by itself: the page's
 * policy lets in nothing from elsewhere; each request is answered here, from this folder, or
 * refused; and what would leave the browser all the same meets a proxy that ends every connection.
 */
export async function openTheatre(chromium: BrowserType, command: Command) {
  let refused = 0;
  // Not counted: Chromium itself asks for updates here, whatever it is told.
  const wall = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await new Promise<void>((listening) => wall.listen(0, '127.0.0.1', listening));
  wall.unref();
  const { width, height, recording } = command.task;
  const proxy = `http://127.0.0.1:${String((wall.address() as AddressInfo).port)}`;
  const browser = await chromium.launch({
    executablePath: command.browser.executablePath,
    chromiumSandbox: command.browser.sandbox,
    args: command.browser.args,
    proxy: { server: proxy, bypass: '<-loopback>' },
    headless: true,
  });
  const context = await browser.newContext({
    viewport: { width, height },
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
  });
  const types = new Map(recording.assets.map(({ sha256, mediaType }) => [sha256, mediaType]));
  await context.route('**/*', (route) => {
    const answer = answerTo(route.request().url(), types);
    if (answer) return route.fulfill(answer);
    refused++;
    return route.abort('blockedbyclient');
  });
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/page.html`);
  return { browser, page, refused: () => refused };
}

function answerTo(
  address: string,
  types: ReadonlyMap<string, string>,
): Parameters<Route['fulfill']>[0] {
  const { origin, pathname } = new URL(address);
  if (origin !== ORIGIN) return undefined;
  const sha256 = /^\/assets\/([0-9a-f]{64})$/.exec(pathname)?.[1] ?? '';
  const type = FILES[pathname] ?? types.get(sha256);
  const file = join('.', pathname);
  if (type === undefined || !existsSync(file)) return undefined;
  return {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    },
    body: readFileSync(file),
  };
}
