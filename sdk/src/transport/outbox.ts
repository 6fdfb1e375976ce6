import type { SafeStorage } from '../browser/storage';
import { chunkBody, type Chunk } from '../domain/chunks/chunk';
import { OUTBOX_MAX_LENGTH } from '../domain/chunks/limits';

const STORAGE_KEY = 'retrospec.outbox';

/** Chunks that a page could not get rid of before it went; the next page of the tab sends them. */
export interface Outbox {
  /** Keeps what fits; answers the chunks that do not. */
  keep(chunks: readonly Chunk[]): Chunk[];
  /** Hands out what is kept, once. */
  take(): Chunk[];
  clear(): void;
}

export function createOutbox(storage: SafeStorage, site: string): Outbox {
  const key = `${STORAGE_KEY}.${site}`;
  return {
    keep(chunks) {
      const kept: Chunk[] = [];
      const refused: Chunk[] = [];
      let length = 0;
      // What carries a marker first: it is the reason why anybody will look at this session.
      const byWorth = [...chunks].sort(
        (a, b) => b.markers.length - a.markers.length || a.seq - b.seq,
      );
      for (const chunk of byWorth) {
        const size = chunkBody(chunk).length;
        if (length + size > OUTBOX_MAX_LENGTH) refused.push(chunk);
        else {
          length += size;
          kept.push(chunk);
        }
      }
      if (kept.length === 0) storage.remove(key);
      else if (!storage.set(key, JSON.stringify(kept))) return [...chunks];
      return refused;
    },
    take() {
      const text = storage.get(key);
      storage.remove(key);
      try {
        const chunks: unknown = JSON.parse(text ?? '[]');
        return Array.isArray(chunks) ? (chunks as Chunk[]) : [];
      } catch {
        return [];
      }
    },
    clear: () => storage.remove(key),
  };
}
