import type { ChunkEvents, Read, SessionApi } from '../api';
import type { Chunk } from '../model/session';
import { useAssets, type AssetMap } from './assets';
import { disarm } from './disarm';

/**
 * Characters of JSON whose events are kept in memory (which takes about three times as many bytes);
 * a chunk that fell out is fetched again, from the browser's cache.
 */
const KEPT_CHARS = 16 * 1024 * 1024;

/** How often a chunk is asked for before it counts as missing, and the wait in between. */
const ATTEMPTS = 3;
const RETRY_AFTER_MS = 400;

/** Fetches chunks once each, keeps the recent ones, and remembers which ones cannot be had. */
export class ChunkLoader {
  private readonly kept = new Map<number, ChunkEvents>();
  private readonly underway = new Map<number, Promise<Read<ChunkEvents>>>();

  constructor(
    private readonly api: SessionApi,
    private readonly assets: AssetMap,
  ) {}

  /** The chunk's events in order of time. Never rejects; a failure is part of the answer. */
  load(chunk: Chunk): Promise<Read<ChunkEvents>> {
    const kept = this.kept.get(chunk.seq);
    if (kept) {
      this.kept.delete(chunk.seq);
      this.kept.set(chunk.seq, kept);
      return Promise.resolve({ ok: true, value: kept });
    }
    const running = this.underway.get(chunk.seq);
    if (running) return running;
    const started = this.fetch(chunk).finally(() => this.underway.delete(chunk.seq));
    this.underway.set(chunk.seq, started);
    return started;
  }

  private async fetch(chunk: Chunk): Promise<Read<ChunkEvents>> {
    for (let attempt = 1; ; attempt++) {
      const read = await this.api.chunk(chunk.seq);
      if (read.ok) {
        const { events: recorded, chars } = read.value;
        const events = useAssets(disarm(recorded), this.assets).sort(
          (a, b) => a.timestamp - b.timestamp,
        );
        const value = { events, chars };
        this.keep(chunk, value);
        return { ok: true, value };
      }
      if (read.failure.kind !== 'unreachable' || attempt >= ATTEMPTS) return read;
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS * attempt));
    }
  }

  private keep(chunk: Chunk, value: ChunkEvents): void {
    this.kept.set(chunk.seq, value);
    let total = 0;
    for (const entry of this.kept.values()) total += entry.chars;
    for (const [seq, entry] of this.kept) {
      if (total <= KEPT_CHARS || seq === chunk.seq) break;
      this.kept.delete(seq);
      total -= entry.chars;
    }
  }
}
