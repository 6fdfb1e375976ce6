// Renders one recording in a process of its own: whatever it does to its browser or its encoder,
// the server that started it only sees files that are there or not. Bundled by scripts/render.mjs;
// runs in a folder with command.json, events.json and assets, and leaves its results there.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Command, Outcome } from './command';
import { NO_ENCODER, openEncoder } from './encoder';
import { openTheatre } from './theatre';

/** One picture takes a fraction of a second; what takes so long comes to no end. */
const FRAME_MS = 20_000;

/** What the page offers, see `player/src/rendering/page.ts`. */
interface Renderer {
  open(recording: Command['task']['recording'], to: number): Promise<number>;
  show(ms: number): Promise<boolean>;
  refused(): number;
}
declare const renderer: Renderer;

const command = JSON.parse(readFileSync('command.json', 'utf8')) as Command;
const playwright = createRequire(join(command.browser.playwright, 'index.js'));
const { chromium } = playwright('./index.js') as typeof import('playwright-core');

// The server holds the other end: when it is gone, however that came, nobody wants this any more.
process.stdin.on('end', () => die('the server is gone'));
process.stdin.resume();

try {
  writeFileSync('outcome.json', JSON.stringify(await render()));
  process.exit(0);
} catch (failure) {
  if (!(failure instanceof Error && failure.name === NO_ENCODER)) die(String(failure));
  writeFileSync('outcome.json', JSON.stringify(missed(failure.message)));
  process.exit(0);
}

async function render(): Promise<Outcome> {
  const { task } = command;
  const encoder = openEncoder(task, die);
  const theatre = await openTheatre(chromium, command);
  theatre.browser.on('disconnected', () => die('the browser is gone'));
  theatre.page.on('crash', () => die('the page has crashed'));
  const isOpen = await soon(
    theatre.page.evaluate(([recording, to]) => renderer.open(recording, to).then(() => true), [
      task.recording,
      task.to,
    ] as const),
  ).catch((failure: unknown) => {
    if (!String(failure).includes('full snapshot')) throw failure;
    return false;
  });
  if (!isOpen) return missed('the recording holds no picture of a page');
  const drawn = await play(theatre.page, encoder);
  const refused = theatre.refused() + (await theatre.page.evaluate(() => renderer.refused()));
  const made = await encoder.finish();
  if (!made.webm) return missed('the video would be too large');
  return { isRendered: true, frames: frameCount(), drawn, refused, mp4: made.mp4 };
}

/** Frame by frame: each is the session at its very moment, however long it took to draw. */
async function play(page: Page, encoder: ReturnType<typeof openEncoder>): Promise<number> {
  const { task } = command;
  const camera = await page.context().newCDPSession(page);
  const shoot = async (format: 'jpeg' | 'webp'): Promise<Buffer> => {
    const options = { format, quality: 92, optimizeForSpeed: true } as const;
    return Buffer.from((await camera.send('Page.captureScreenshot', options)).data, 'base64');
  };
  let picture: Buffer | undefined;
  let hasPoster = false;
  let drawn = 0;
  const frames = frameCount();
  for (let frame = 0; frame < frames; frame++) {
    const ms = task.from + (frame * 1_000 * task.speed) / task.framesPerSecond;
    const isNew = await soon(page.evaluate((at) => renderer.show(at), ms));
    if (isNew || !picture) {
      picture = await soon(shoot('jpeg'));
      drawn++;
    }
    if (!hasPoster && (ms >= task.posterAt || frame === frames - 1)) {
      writeFileSync('poster.webp', await soon(shoot('webp')));
      hasPoster = true;
    }
    await soon(encoder.add(picture));
  }
  return drawn;
}

function frameCount(): number {
  const { from, to, speed, framesPerSecond } = command.task;
  return Math.max(1, Math.round(((to - from) / speed / 1_000) * framesPerSecond));
}

function missed(reason: string): Outcome {
  return { isRendered: false, reason, frames: 0, drawn: 0, refused: 0, mp4: false };
}

/** A renderer that is busy for ever rejects nothing: this process ends instead, with all of it. */
async function soon<T>(work: Promise<T>): Promise<T> {
  const watchdog = setTimeout(() => die('a picture took too long'), FRAME_MS);
  try {
    return await work;
  } finally {
    clearTimeout(watchdog);
  }
}

function die(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
