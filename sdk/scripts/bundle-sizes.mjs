// Prints what a visitor downloads: the script-tag bundle as it is, gzipped and with brotli.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const bytes = readFileSync(new URL('../dist/retrospec.js', import.meta.url));
console.log(`minified ${bytes.length} B`);
console.log(`gzip     ${gzipSync(bytes, { level: 9 }).length} B`);
console.log(`brotli   ${brotliCompressSync(bytes).length} B`);
