// Builds the bundles. rrweb is bundled in, so that a site can never mix two versions of it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

rmSync(`${here}dist`, { recursive: true, force: true });

const common = {
  absWorkingDir: here,
  bundle: true,
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
    const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : '';
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
