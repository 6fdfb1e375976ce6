import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
// @ts-expect-error A part of the build, which is plain JavaScript.
import { patchedModules } from '../../rrweb/patched.mjs';

/** As it is bundled for pages: with fflate as we have changed it. */
async function bundled(): Promise<typeof import('../../src/transport/gzip-sync')> {
  const { outputFiles } = await build({
    entryPoints: ['src/transport/gzip-sync.ts'],
    bundle: true,
    format: 'esm',
    plugins: [patchedModules],
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []);
  expect(code.toString()).toContain('makeTables');
  return import(`data:text/javascript;base64,${code.toString('base64')}`);
}

test('what is sent when a page is left is gzip, text of any script included', async () => {
  const { encodeNow } = await bundled();
  const events = Array.from({ length: 2_000 }, (_, at) => ({
    type: 3,
    data: {
      source: 2,
      type: at % 7,
      id: 100 + (at % 43),
      x: at,
      y: (at * 31) % 977,
      text: 'Größe 尺寸',
    },
    timestamp: 1_760_000_000_000 + at * 17,
  }));
  for (const text of [JSON.stringify(events), '', 'a']) {
    const { bytes, contentEncoding } = encodeNow(text);
    expect(contentEncoding).toBe('gzip');
    expect(gunzipSync(bytes).toString('utf8')).toBe(text);
  }
  expect(encodeNow(JSON.stringify(events)).bytes.length).toBeLessThan(40_000);
});
