// Builds the bundles. rrweb is bundled in, so that a site can never mix two versions of it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';
import { patchedModules } from './rrweb/patched.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

/** rrweb's npm packages leave their licence out; this is the one of its repository. */
const RRWEB_LICENSE = `MIT License

Copyright (c) 2018 Contributors (https://github.com/rrweb-io/rrweb/graphs/contributors) and SmartX Inc.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

rmSync(`${here}dist`, { recursive: true, force: true });

const common = {
  absWorkingDir: here,
  bundle: true,
  plugins: [patchedModules],
  target: ['es2020'],
  sourcemap: true,
  sourcesContent: false,
  define: { __RETROSPEC_VERSION__: JSON.stringify(version) },
};
const library = { ...common, entryPoints: ['src/index.ts'] };
const tag = { ...common, format: 'iife', minifySyntax: true, metafile: true };

// First the recorder: the core demands of it the very bytes that were built with it.
const recorder = await buildTag('recorder-tag', 'retrospec-recorder');
const integrity = `sha384-${createHash('sha384')
  .update(readFileSync(`${here}dist/retrospec-recorder.js`))
  .digest('base64')}`;

await Promise.all([
  buildTag('script-tag', 'retrospec', { __RECORDER_INTEGRITY__: JSON.stringify(integrity) }),
  build({
    ...library,
    format: 'esm',
    // The recorder is a file of its own, which a bundler may load later.
    splitting: true,
    outdir: 'dist',
    entryNames: 'retrospec',
    chunkNames: 'esm/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
  }),
  build({ ...library, format: 'cjs', outfile: 'dist/retrospec.cjs' }),
]);

writeLicenses(Object.keys(recorder.metafile.inputs));
layOutForServer();

/** What a script tag loads. Terser makes it 7 % smaller than esbuild does. */
async function buildTag(entry, name, define = {}) {
  const file = `dist/${name}.js`;
  const built = await build({
    ...tag,
    entryPoints: [`src/boot/${entry}.ts`],
    outfile: file,
    define: { ...common.define, ...define },
  });
  const { code, map } = await minify(readFileSync(here + file, 'utf8'), {
    ecma: 2020,
    compress: { passes: 3 },
    sourceMap: { content: readFileSync(`${here + file}.map`, 'utf8'), url: `${name}.js.map` },
  });
  writeFileSync(here + file, code);
  writeFileSync(`${here + file}.map`, map);
  return built;
}

/** The licences of what is bundled ask to travel with it. */
function writeLicenses(inputs) {
  const packages = new Set(
    inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = `${here}node_modules/${name}`;
    const { version: packageVersion, license } = JSON.parse(
      readFileSync(`${folder}/package.json`, 'utf8'),
    );
    const file = ['LICENSE', 'LICENSE.md', 'license'].find((it) => existsSync(`${folder}/${it}`));
    const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : RRWEB_LICENSE;
    return `${name} ${packageVersion} (${license})\n\n${text}\n`;
  });
  writeFileSync(`${here}dist/THIRD-PARTY-LICENSES.txt`, texts.join('\n----\n\n'));
}

/** As the application serves it: a floating path, and one that never changes its content. */
function layOutForServer() {
  for (const folder of ['sdk', `sdk/${version}`]) {
    const target = `${here}dist/web/${folder}`;
    mkdirSync(target, { recursive: true });
    const scripts = ['retrospec.js', 'retrospec-recorder.js'];
    for (const file of [
      ...scripts,
      ...scripts.map((script) => `${script}.map`),
      'THIRD-PARTY-LICENSES.txt',
    ]) {
      cpSync(`${here}dist/${file}`, `${target}/${file}`);
    }
  }
}
