import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { minify as swc } from '@swc/core';
import esbuild from 'esbuild';
import { compile } from 'svelte/compiler';
import { minify as terser } from 'terser';
import uglify from 'uglify-js';
import { edited } from './edit.mjs';

export const HERE = import.meta.dirname;

const ALIAS = { react: 'react19', 'react-dom': 'react-dom19' };

const svelte = {
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, generate: 'client', dev: false });
      js.map.sources = [path];
      return { contents: `${js.code}\n//# sourceMappingURL=${js.map.toUrl()}`, loader: 'js' };
    });
  },
};

const MINIFIERS = {
  async terser(code, map, module) {
    const made = await terser(code, { module, toplevel: true, sourceMap: { content: map } });
    return { code: made.code, maps: [made.map] };
  },
  async swc(code, map, module) {
    const made = await swc(code, { module, compress: true, mangle: { toplevel: true }, sourceMap: true });
    return { code: made.code, maps: [made.map, map] };
  },
  async uglify(code, map, module) {
    const made = uglify.minify(code, { module, toplevel: true, sourceMap: { content: map } });
    if (made.error) throw made.error;
    return { code: made.code, maps: [made.map] };
  },
};

/**
 * Builds a site into the folder and answers what is needed to serve it and to read its stacks.
 *
 * @param site {name, classic, react19}
 * @param recipe {id, seed, minifier: plain|esbuild|terser|swc|uglify}
 */
export async function build(site, recipe, folder) {
  const source = join(folder, 'src');
  await rm(folder, { recursive: true, force: true });
  await mkdir(source, { recursive: true });
  const from = join(HERE, 'sites', site.name);
  for (const name of await readdir(from)) {
    await writeFile(join(source, name), edited(await readFile(join(from, name), 'utf8'), name, recipe.seed));
  }
  const made = await esbuild.build({
    entryPoints: [join(source, 'main.js')],
    absWorkingDir: HERE,
    outdir: join(folder, 'assets'),
    bundle: true,
    splitting: !site.classic,
    format: site.classic ? 'iife' : 'esm',
    entryNames: `${site.entry ?? 'index'}-[hash]`,
    chunkNames: '[name]-[hash]',
    minify: recipe.minifier === 'esbuild',
    sourcemap: 'external',
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    alias: site.react19 ? ALIAS : {},
    nodePaths: [join(HERE, 'node_modules')],
    plugins: [svelte],
    metafile: true,
    write: false,
    logLevel: 'error',
    target: 'es2020',
  });
  const assets = new Map();
  const maps = new Map();
  for (const file of made.outputFiles.filter((each) => each.path.endsWith('.js'))) {
    const name = relative(folder, file.path);
    const map = made.outputFiles.find((each) => each.path === `${file.path}.map`).text;
    const minified = await MINIFIERS[recipe.minifier]?.(file.text, map, !site.classic);
    assets.set(name, minified?.code ?? file.text);
    maps.set(name, minified?.maps ?? [map]);
  }
  const entry = Object.entries(made.metafile.outputs).find(([, output]) => output.entryPoint)?.[0];
  return { site, recipe, folder, assets, maps, entry: relative(folder, resolve(HERE, entry)) };
}
