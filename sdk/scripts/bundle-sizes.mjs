// Prints what a visitor downloads: the core at once, the recorder later; as it is, gzip and brotli.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Brotli bytes that a page may cost; above them the command fails. */
const BUDGET = { core: 10 * 1024, all: 34 * 1024 };

const files = { core: 'retrospec.js', recorder: 'retrospec-recorder.js' };
const sizes = Object.entries(files).map(([name, file]) => {
  const bytes = readFileSync(new URL(`../dist/${file}`, import.meta.url));
  return {
    name,
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
});
const total = (unit) => sizes.reduce((sum, size) => sum + size[unit], 0);
sizes.push({
  name: 'all',
  minified: total('minified'),
  gzip: total('gzip'),
  brotli: total('brotli'),
});
for (const { name, minified, gzip, brotli } of sizes) {
  const budget = BUDGET[name];
  const verdict = budget ? ` of ${budget} B` : '';
  console.log(
    `${name.padEnd(9)} minified ${minified} B, gzip ${gzip} B, brotli ${brotli} B${verdict}`,
  );
  if (budget && brotli > budget) process.exitCode = 1;
}
