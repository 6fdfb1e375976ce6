// Lets visitors into a shop: each a browser context of its own, with a device and a few steps.
import { chromium } from 'playwright-core';

const CHROMIUM_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Chromium refuses to start as root with its sandbox on.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export const PHONE = {
  viewport: { width: 390, height: 780 },
  isMobile: true,
  hasTouch: true,
  userAgent:
    'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
};
export const LAPTOP = {
  viewport: { width: 1280, height: 800 },
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
};

/** The setting of this name. */
export function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: eval "$(./retrospec env)" first`);
  }
  return value;
}

async function act(browser, { shopUrl, user, device, steps }, { pauseMs, lastLookMs }) {
  const context = await browser.newContext(device);
  try {
    const page = await context.newPage();
    await page.goto(shopUrl);
    await page.evaluate((id) => window.retrospec.identify(id), user);
    for (const step of steps) {
      await page.waitForTimeout(step.soon ? 150 : pauseMs);
      if (!step.soon) {
        // Who reads a page is slower than its recorder, however busy the machine is.
        await page.waitForFunction(() => window.retrospec?.isRecording());
      }
      await step(page);
    }
    await page.mouse.move(200, 300, { steps: 8 });
    await page.waitForTimeout(lastLookMs);
    await page.mouse.move(260, 340, { steps: 8 });
    await page.evaluate(() => window.retrospec.flush());
  } finally {
    await context.close();
  }
}

/**
 * @param {{ shopUrl: string, user: string, device: object, steps: Function[] }[]} visits
 * @param {{ pauseMs: number, lastLookMs: number, atOnce: number }} pace how long a visitor reads
 *   before a step, and looks at what came of the last one; how many are there at once
 */
export async function letVisitorsIn(visits, pace) {
  const browser = await chromium.launch({
    executablePath: required('RETROSPEC_CHROMIUM'),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const waiting = [...visits.entries()];
    const serve = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, visit] = next;
        console.error(`  visitor ${index + 1} of ${visits.length}: ${visit.user}`);
        await act(browser, visit, pace);
      }
    };
    await Promise.all(Array.from({ length: pace.atOnce }, serve));
  } finally {
    await browser.close();
  }
}
