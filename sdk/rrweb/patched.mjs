// Our changes to rrweb's recorder and to fflate, applied while bundling. Each names a place by its
// exact text and the build fails when that place is gone, so that an update cannot lose one unnoticed.
import { readFileSync } from 'node:fs';
import { CUTS } from './cuts.mjs';
import { FRAMES } from './frames.mjs';
import { GZIP_TABLES } from './gzip-tables.mjs';
import { MUTATIONS } from './mutations.mjs';
import { SHADOW_ROOTS } from './shadow-roots.mjs';
import { SNAPSHOTS } from './snapshots.mjs';

/** Enums as the numbers they stand for: their names need not travel. */
function inlined(source) {
  let text = source;
  for (const [, name, members] of source.matchAll(
    /^var (\w+) = \/\* @__PURE__ \*\/ \(\(\w+\) => \{\n([^}]+)/gm,
  )) {
    for (const [, member, number] of members.matchAll(/\["(\w+)"\] = (\d+)\]/g)) {
      text = text.replace(new RegExp(`\\b${name}\\.${member}\\b`, 'g'), number);
    }
  }
  return text;
}

export function patched(source) {
  let text = source;
  for (const { why, find, put } of [...SNAPSHOTS, ...MUTATIONS, ...FRAMES]) {
    if (text.split(find).length !== 2) throw new Error(`rrweb has changed; patch it anew: ${why}`);
    text = text.replace(find, () => put);
  }
  return inlined(cut(text, [...SHADOW_ROOTS, ...CUTS]));
}

function cut(source, cuts) {
  let text = source;
  for (const { why, from, to, put = '' } of cuts) {
    const start = text.indexOf(from);
    const end = text.indexOf(to, start);
    if (start < 0 || end < 0 || text.indexOf(from, start + 1) > 0)
      throw new Error(`what is bundled has changed; cut it anew: ${why}`);
    text = text.slice(0, start) + put + text.slice(end);
  }
  return text;
}

/** For esbuild. */
export const patchedModules = {
  name: 'patched-modules',
  setup(build) {
    build.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, ({ path }) => ({
      contents: patched(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
    build.onLoad({ filter: /fflate[\\/]esm[\\/]browser\.js$/ }, ({ path }) => ({
      contents: cut(readFileSync(path, 'utf8'), GZIP_TABLES),
      loader: 'js',
    }));
  },
};
