import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeNow, gzipNow } from '../../src/transport/gzip-sync';

/** The same bytes in each run (xorshift). */
function noise(length: number, symbols = 256): Uint8Array {
  let state = 2_463_534_242;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % symbols;
  });
}

function comesBack(bytes: Uint8Array): void {
  expect(Buffer.compare(gunzipSync(gzipNow(bytes)), Buffer.from(bytes))).toBe(0);
}

test('whatever goes in comes out again with the gzip of others', () => {
  for (let length = 0; length < 600; length++) comesBack(noise(length, 3));
  for (const symbols of [1, 2, 7, 64, 256]) comesBack(noise(90_000, symbols));
});

test('repetitions are found at each distance and of each length', () => {
  for (const distance of [1, 2, 4, 5, 257, 8_193, 24_577, 32_766, 32_767, 32_768, 32_769]) {
    const once = noise(distance);
    for (const length of [3, 4, 10, 11, 130, 257, 258, 259, 300]) {
      const pair = new Uint8Array(distance + length);
      for (let at = 0; at < pair.length; at++) pair[at] = once[at % distance] as number;
      comesBack(pair);
    }
  }
});

test('what cannot be made smaller grows by an eighth at most', () => {
  expect(gzipNow(noise(50_000)).length).toBeLessThan(50_000 * 1.13);
});

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
