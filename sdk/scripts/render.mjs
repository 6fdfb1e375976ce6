// node scripts/render.mjs <folder>: bundles what renders a recording for the render worker: the
// program of its process, and the page that it shows the recording in.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node scripts/render.mjs <folder>');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Rendering</title>
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
  </head>
  <body></body>
</html>
`;

const shared = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  minify: true,
  // Licences of what is bundled stay in it.
  legalComments: 'inline',
};

await build({
  ...shared,
  entryPoints: ['render/main.ts'],
  outfile: join(folder, 'render.mjs'),
  platform: 'node',
  format: 'esm',
  target: ['node20'],
});
await build({
  ...shared,
  entryPoints: { page: 'player/src/rendering/page.ts' },
  outdir: folder,
  format: 'esm',
  target: ['es2022'],
});
await build({
  ...shared,
  entryPoints: { page: 'player/src/rendering/page.css' },
  outdir: folder,
});
await writeFile(join(folder, 'page.html'), PAGE);
