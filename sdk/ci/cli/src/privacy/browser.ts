import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserType } from 'playwright-core';
import { NotDone, type Surroundings } from '../job';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

interface Playwright {
  chromium: BrowserType;
}

/** playwright-core of the project, or the one that was installed beside this command. */
async function playwrightOf(directory: string): Promise<Playwright> {
  const places = [join(directory, 'package.json'), import.meta.url];
  for (const place of places) {
    try {
      const file = createRequire(place).resolve('playwright-core');
      const loaded = (await import(pathToFileURL(file).href)) as Playwright & {
        default?: Playwright;
      };
      return loaded.default ?? loaded;
    } catch {
      // Not there.
    }
  }
  throw new NotDone(
    'privacy-check drives a browser with playwright-core: npm install --no-save playwright-core',
  );
}

/**
 * The Chromium of this machine; nothing is ever downloaded.
 *
 * @param told wins over `RETROSPEC_CHROMIUM`, which wins over the usual places
 */
export async function openBrowser(
  around: Surroundings,
  told: string | undefined,
): Promise<Browser> {
  const wanted = told ?? around.env.RETROSPEC_CHROMIUM;
  const executablePath = wanted ?? USUAL.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new NotDone(
      `no Chromium${wanted ? ` at ${wanted}` : ''}: say where it is with --chromium or RETROSPEC_CHROMIUM`,
    );
  }
  const { chromium } = await playwrightOf(around.directory);
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
}
