// node scripts/capture.mjs <folder>: bundles what captures a page for the snapshot worker: the
// program of its process, and what that runs in the page.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node scripts/capture.mjs <folder>');

const shared = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  minify: true,
  // Licences of what is bundled stay in it.
  legalComments: 'inline',
};

await build({
  ...shared,
  entryPoints: ['capture/main.ts'],
  outfile: join(folder, 'capture.mjs'),
  platform: 'node',
  format: 'esm',
  target: ['node20'],
});
await build({
  ...shared,
  entryPoints: ['capture/dom-snapshot.ts'],
  outfile: join(folder, 'dom-snapshot.js'),
  format: 'iife',
  globalName: 'domSnapshot',
  footer: { js: 'domSnapshot.take();' },
  target: ['es2020'],
});
