import { chance, pick } from './chance.mjs';

const NOTES = ['// Reviewed.', '// The order matters here.', '// See the design notes.', '', '// TODO: cache this.'];
const capital = (name) => name[0].toUpperCase() + name.slice(1);

/**
 * What people do to a file between two deploys: lines move, locals are called something else
 * (names that end in `_` in the sources here), functions come and go, which changes the names that a
 * minifier gives to all others. Nothing that is a fault changes.
 */
export function edited(source, name, seed) {
  const random = chance(`edit/${name}/${seed}`);
  const locals = new Map();
  const renamed = source.replace(/\b([A-Za-z][A-Za-z0-9]*)_\b/g, (_, local) => {
    if (!locals.has(local)) {
      locals.set(local, pick(random, [local, `${local}Item`, `${local}Value`, `the${capital(local)}`, `${local}2`]));
    }
    return locals.get(local);
  });
  if (!name.endsWith('.js')) return renamed;
  const lines = [];
  let extras = 0;
  for (const line of withoutNames(renamed).split('\n')) {
    if (/^(export |async |function |class |const \w+ = |globalThis\.fault\()/.test(line)) {
      for (let n = Math.floor(random() * 4); n > 0; n--) lines.push(pick(random, NOTES));
      if (random() < 0.35) lines.push(...extra(random, seed, extras++));
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function extra(random, seed, number) {
  const [a, b, c] = [random(), random(), random()].map((n) => Math.floor(n * 900) + 100);
  return [
    '(globalThis.extras ??= []).push(',
    `  function added${seed}x${number}(first, second) {`,
    `    const sum = first * ${a} + second;`,
    `    const rest = sum % ${b};`,
    `    return rest > ${c} ? sum : rest;`,
    '  },',
    ');',
    '',
  ];
}

/** What a fault is called here must not stand in its stack as the name of a function: it is handed over. */
function withoutNames(source) {
  const at = source.search(/^(globalThis|window)\.faults = /m);
  if (at < 0) return source;
  const faults = source
    .slice(at)
    .replace(/^.*\n/, '')
    .replace(/^ {2}('[a-z-]+'): ([\s\S]*?),\n(?= {2}'|\};)/gm, (_, name, action) => `globalThis.fault(${name}, ${action});\n`)
    .replace(/^\};\n/m, '');
  return source.slice(0, at) + faults;
}
