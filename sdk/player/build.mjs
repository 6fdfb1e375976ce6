// Builds the player's own document into dist/: index.html, player.js and player.css.
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await mkdir(here('dist/'), { recursive: true });
await build({
  entryPoints: { player: here('src/main.ts') },
  outdir: here('dist/'),
  bundle: true,
  format: 'esm',
  target: ['es2022', 'safari16'],
  minify: true,
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
await build({
  entryPoints: { player: here('src/styles/player.css') },
  outdir: here('dist/'),
  bundle: true,
  minify: true,
  logLevel: 'warning',
});
await copyFile(here('src/index.html'), here('dist/index.html'));
