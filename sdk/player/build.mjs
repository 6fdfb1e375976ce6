// Builds the player's own documents into dist/: index.html for a session, snapshot.html for one frozen
// page, their scripts, player.css and fonts; and tokens.css, the part of its styles that the dashboard shares.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(here('dist/'), { recursive: true, force: true });
await mkdir(here('dist/'), { recursive: true });
await build({
  entryPoints: { player: here('src/main.ts'), snapshot: here('src/snapshot.ts') },
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
  entryPoints: {
    player: here('src/styles/player.css'),
    tokens: here('src/styles/tokens.css'),
  },
  outdir: here('dist/'),
  bundle: true,
  minify: true,
  loader: { '.woff2': 'file' },
  assetNames: 'fonts/[name]-[hash]',
  logLevel: 'warning',
});
// What an exported file holds: one script and one style sheet that ask for nothing else.
await build({
  entryPoints: { offline: here('src/offline.ts') },
  outdir: here('dist/'),
  bundle: true,
  format: 'iife',
  target: ['es2022', 'safari16'],
  minify: true,
  legalComments: 'inline',
  logLevel: 'warning',
});
await build({
  entryPoints: { offline: here('src/styles/player.css') },
  outdir: here('dist/'),
  bundle: true,
  minify: true,
  loader: { '.woff2': 'empty' }, // the reader's own font will do, and saves 300 KB in each file
  logLevel: 'warning',
});
// Stands inside a script element of an HTML file.
if (/<\/script|<!--/i.test(await readFile(here('dist/offline.js'), 'utf8'))) {
  throw new Error('offline.js would end its own script element');
}
const inter = fileURLToPath(import.meta.resolve('@fontsource-variable/inter/package.json'));
await copyFile(join(dirname(inter), 'LICENSE'), here('dist/fonts/LICENSE'));

// Stamped with what they hold, so that browsers keep them until an upgrade.
for (const [page, names] of Object.entries({
  'index.html': ['player.css', 'player.js'],
  'snapshot.html': ['player.css', 'snapshot.js'],
})) {
  let document = await readFile(here(`src/${page}`), 'utf8');
  for (const name of names) {
    const content = await readFile(here(`dist/${name}`));
    const stamp = createHash('sha256').update(content).digest('hex').slice(0, 12);
    if (!document.includes(`"${name}"`)) throw new Error(`${page} does not load ${name}`);
    document = document.replace(`"${name}"`, `"${name}?v=${stamp}"`);
  }
  await writeFile(here(`dist/${page}`), document);
}
