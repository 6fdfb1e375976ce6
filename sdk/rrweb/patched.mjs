// Our changes to rrweb's recorder, applied while bundling. Each names a place by its exact text and
// the build fails when that place is gone, so that an update of rrweb cannot lose one unnoticed.
import { readFileSync } from 'node:fs';
import { CUTS } from './cuts.mjs';
import { FRAMES } from './frames.mjs';
import { MUTATIONS } from './mutations.mjs';
import { settled } from './settings.mjs';
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

/** Fields of classes as newer engines know them: what defined them for older ones need not travel. */
function plainFields(source) {
  return source
    .replace(/^ +__publicField\(this, "\w+"\);\n/gm, '')
    .replace(/\b__publicField\(this, "(\w+)", /g, 'this.$1 = (');
}

export function patched(source) {
  let text = source;
  for (const { why, find, put } of [...SNAPSHOTS, ...MUTATIONS, ...FRAMES]) {
    if (text.split(find).length !== 2) throw new Error(`rrweb has changed; patch it anew: ${why}`);
    text = text.replace(find, () => put);
  }
  for (const { why, from, to, put = '' } of CUTS) {
    const start = text.indexOf(from);
    const end = text.indexOf(to, start);
    if (start < 0 || end < 0 || text.indexOf(from, start + 1) > 0)
      throw new Error(`rrweb has changed; cut it anew: ${why}`);
    text = text.slice(0, start) + put + text.slice(end);
  }
  return inlined(plainFields(settled(text)));
}

/** For esbuild. */
export const patchedRrweb = {
  name: 'patched-rrweb',
  setup(build) {
    build.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, ({ path }) => ({
      contents: patched(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
