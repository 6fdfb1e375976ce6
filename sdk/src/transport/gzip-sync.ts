import { gzipSync } from 'fflate';
import { utf8Bytes } from '../tools/json-bytes';
import type { Encoded } from './gzip';

/** At `pagehide` nothing asynchronous finishes any more; about 5 ms for 200 KB, once per page. */
export function encodeNow(text: string): Encoded {
  const plain = utf8Bytes(text);
  try {
    const bytes = gzipSync(plain, { level: 6, mtime: 0 }) as Uint8Array<ArrayBuffer>;
    return { bytes, contentEncoding: 'gzip' };
  } catch {
    return { bytes: plain };
  }
}
