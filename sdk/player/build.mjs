// Builds the player's own document into dist/: index.html, player.js, player.css and fonts.
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  loader: { '.woff2': 'file' },
  assetNames: 'fonts/[name]',
  logLevel: 'warning',
});
const inter = fileURLToPath(import.meta.resolve('@fontsource-variable/inter/package.json'));
await copyFile(join(dirname(inter), 'LICENSE'), here('dist/fonts/LICENSE'));
await copyFile(here('src/index.html'), here('dist/index.html'));
