// Builds the player and its bench, and measures: npm run bench [-- --quick]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (script, ...options) =>
  spawnSync(process.execPath, [script, ...options], { stdio: 'inherit', cwd: here('..') }).status ??
  1;

if (run(here('../build.mjs')) !== 0) process.exit(1);
// As deep as the sources, so that what they read by their own address is found.
const bundle = here('../target/bench/main.mjs');
await build({
  entryPoints: [here('main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const status = run(bundle, ...process.argv.slice(2));
rmSync(bundle);
process.exit(status);
