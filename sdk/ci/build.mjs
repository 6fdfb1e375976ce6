// Builds the two packages, each into one file without dependencies, and packs them into dist/: the
// server offers them there, so that no registry is needed.
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = promisify(execFile);

const common = {
  bundle: true,
  platform: 'node',
  target: ['node20'],
  logLevel: 'warning',
  legalComments: 'none',
};

for (const folder of ['dist/', 'cli/dist/', 'playwright-reporter/dist/']) {
  await rm(here(folder), { recursive: true, force: true });
}
await mkdir(here('dist/'));
await Promise.all([
  build({
    ...common,
    entryPoints: [here('cli/src/main.ts')],
    outfile: here('cli/dist/retrospec.mjs'),
    format: 'esm',
    external: ['playwright-core'],
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({
    ...common,
    entryPoints: {
      index: here('playwright-reporter/src/index.ts'),
      fixture: here('playwright-reporter/src/fixture.ts'),
    },
    outdir: here('playwright-reporter/dist'),
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['@playwright/test'],
  }),
  run(process.execPath, [
    fileURLToPath(import.meta.resolve('typescript/bin/tsc')),
    '-p',
    here('playwright-reporter/tsconfig.json'),
  ]),
]);
await run(
  'npm',
  [
    'pack',
    '--ignore-scripts',
    '--pack-destination',
    here('dist/'),
    here('cli'),
    here('playwright-reporter'),
  ],
  { cwd: here('.') },
);
