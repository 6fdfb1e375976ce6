// Builds the two packages, each into one file without dependencies, and packs them into dist/: the
// server offers them there, so that no registry is needed.
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
const [cli] = await Promise.all([
  build({
    ...common,
    metafile: true,
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
await writeFile(here('cli/dist/THIRD-PARTY-LICENSES.txt'), await licenses(cli.metafile));
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

/** What is bundled asks that its licence travels with it. */
async function licenses({ inputs }) {
  const modules = Object.keys(inputs).flatMap(
    (input) => /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input) ?? [],
  );
  const folders = new Set(modules.filter((_, index) => index % 3 === 1));
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    return `${name} ${version} (${license})\n\n${await readFile(`${folder}/LICENSE`, 'utf8')}`;
  });
  return (await Promise.all(texts)).join('\n----\n\n');
}
