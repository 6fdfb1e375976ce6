// What recorders cost: bench/run sdk [--quick] [--rounds N] [--only name,name] [--page name,name]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { measure } from './measure.mjs';
import { buildRecorders, RECORDERS, TARGET } from './recorders.mjs';
import { report } from './report.mjs';
import { startSite } from './site.mjs';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const rounds = Number(option('--rounds') ?? (quick ? 1 : 3));
const recorders = option('--only')?.split(',') ?? Object.keys(RECORDERS);
const pages = option('--page')?.split(',') ?? ['typical', 'mutating', 'big'];
const SECONDS = quick
  ? { typical: 16, mutating: 8, big: 4 }
  : { typical: 40, mutating: 20, big: 6 };

const executablePath = process.env.RETROSPEC_CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath))
  throw new Error(`no Chromium at ${executablePath}; set RETROSPEC_CHROMIUM`);

await buildRecorders();
const site = await startSite();
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--js-flags=--expose-gc',
  ],
});
const runs = [];
for (const page of pages) {
  for (let round = 0; round < rounds; round++) {
    // Interleaved, so that a slow minute of the machine meets all of them.
    for (const recorder of recorders) {
      const result = await measure(browser, site, { page, recorder, seconds: SECONDS[page] });
      runs.push({ page, recorder, round, ...result });
      const { taskSeconds, wirePerMinute, longestTaskMs, heapBytes, requests } = result;
      process.stderr.write(
        `${page} ${round + 1} ${recorder}: task ${(taskSeconds * 1000).toFixed(0)} ms, ` +
          `${(wirePerMinute / 1000).toFixed(0)} KB/min in ${requests}, longest ${longestTaskMs.toFixed(0)} ms, ` +
          `heap ${(heapBytes / 1e6).toFixed(1)} MB\n`,
      );
    }
  }
}
const browserVersion = browser.version();
await browser.close();
site.close();

const whole = !quick && !option('--only') && !option('--page');
const folder = whole ? new URL('../results/', import.meta.url).pathname : `${TARGET}/results/`;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}sdk.md`, report(runs, { rounds, browserVersion, quick }));
process.stderr.write(`${folder}sdk.md\n`);
