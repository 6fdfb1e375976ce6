// Builds the bundles. rrweb is bundled in, so that a site can never mix two versions of it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { patchedRrweb } from './rrweb-patches.mjs';

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
  plugins: [patchedRrweb],
  target: ['es2020'],
  sourcemap: true,
  sourcesContent: false,
  define: { __RETROSPEC_VERSION__: JSON.stringify(version) },
};
const library = { ...common, entryPoints: ['src/index.ts'] };

const [script] = await Promise.all([
  build({
    ...common,
    entryPoints: ['src/boot/script-tag.ts'],
    format: 'iife',
    minify: true,
    metafile: true,
    outfile: 'dist/retrospec.js',
  }),
  build({ ...library, format: 'esm', outfile: 'dist/retrospec.mjs' }),
  build({ ...library, format: 'cjs', outfile: 'dist/retrospec.cjs' }),
]);

writeLicenses(Object.keys(script.metafile.inputs));
layOutForServer();

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
    for (const file of ['retrospec.js', 'retrospec.js.map', 'THIRD-PARTY-LICENSES.txt']) {
      cpSync(`${here}dist/${file}`, `${target}/${file}`);
    }
  }
}
