import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeNow } from '../../src/transport/gzip-sync';

test('a recording gets several times smaller, text of any script included', () => {
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
  const text = JSON.stringify(events);
  const { bytes, contentEncoding } = encodeNow(text);
  expect(contentEncoding).toBe('gzip');
  expect(gunzipSync(bytes).toString('utf8')).toBe(text);
  expect(bytes.length).toBeLessThan(Buffer.byteLength(text) / 4);
});
