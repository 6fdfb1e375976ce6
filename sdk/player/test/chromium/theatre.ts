import { createServer, type AddressInfo, type Server } from 'node:net';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { MockServer } from './mockServer';
import { recordVisit, type Recording } from './recording';

/** A browser, the mock server and a recording that was made in that browser. */
export interface Theatre {
  readonly browser: Browser;
  readonly server: MockServer;
  readonly recording: Recording;
  /** Every host under `.example` leads here; it counts who connects, and answers nobody. */
  readonly stranger: { readonly server: Server; connections: number };
}

async function openTheatre(): Promise<Theatre> {
  const stranger = { server: createServer(), connections: 0 };
  stranger.server.on('connection', (socket) => {
    stranger.connections++;
    socket.destroy();
  });
  await new Promise<void>((ready) => stranger.server.listen(0, '127.0.0.1', ready));
  const { port } = stranger.server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: process.env['RETROSPEC_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`,
    ],
  });
  const server = await MockServer.start();
  const recording = await recordVisit(browser, server.origin);
  server.reset(recording);
  return { browser, server, recording, stranger };
}

async function closeTheatre({ browser, server, stranger }: Partial<Theatre>): Promise<void> {
  await browser?.close();
  await server?.stop();
  stranger?.server.close();
}

/** A theatre for the tests of one file; what one of them leaves, the next does not find. */
export function useTheatre(): Theatre {
  const theatre = {} as Theatre;
  beforeAll(async () => {
    Object.assign(theatre, await openTheatre());
  });
  afterAll(() => closeTheatre(theatre));
  beforeEach(() => theatre.server.reset(theatre.recording));
  afterEach(async () => {
    for (const context of theatre.browser.contexts()) await context.close();
  });
  return theatre;
}

/** Opens the player and waits until it stands still or says why it cannot. */
export async function openPlayer(
  theatre: Theatre,
  query: string,
  size = { width: 1280, height: 800 },
): Promise<Page> {
  const page = await theatre.browser.newPage({ viewport: size });
  await page.goto(`${theatre.server.origin}/player/index.html?session=s-1&project=p-1&${query}`);
  await page.waitForSelector('.stage[data-status=paused], .stage-cover .note');
  return page;
}

/** The replayed page. */
export function replay(page: Page): FrameLocator {
  return page.frameLocator('.screen.is-shown iframe');
}

export function playhead(page: Page): Promise<number> {
  return page
    .locator('input[type=range]')
    .evaluate((range: HTMLInputElement) => range.valueAsNumber);
}

export async function seek(page: Page, ms: number): Promise<void> {
  await page.evaluate((to) => window.retrospecPlayer.seek(to), ms);
}

/**
 * Plays from the start and pauses at the first picture past a moment. In the page, because at 16×
 * a second between test and browser is 16 seconds of the session.
 */
export function playPast(
  page: Page,
  ms: number,
): Promise<{ readonly playedMs: number; readonly passedMs: number }> {
  return page.evaluate(
    (past) =>
      new Promise((resolve) => {
        const range = document.querySelector<HTMLInputElement>('input[type=range]');
        const began = performance.now();
        const look = (): void => {
          const playedMs = range?.valueAsNumber ?? 0;
          if (playedMs <= past) {
            requestAnimationFrame(look);
            return;
          }
          window.retrospecPlayer.pause();
          resolve({ playedMs, passedMs: performance.now() - began });
        };
        window.retrospecPlayer.play();
        look();
      }),
    ms,
  );
}
