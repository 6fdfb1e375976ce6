// node scripts/dom-snapshot.mjs <file>: bundles what the snapshot worker runs in a page.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [outfile] = process.argv.slice(2);
if (!outfile) throw new Error('Usage: node scripts/dom-snapshot.mjs <file>');

await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['src/boot/dom-snapshot.ts'],
  outfile,
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'domSnapshot',
  target: ['es2020'],
  // Licences of what is bundled stay in it.
  legalComments: 'inline',
});
