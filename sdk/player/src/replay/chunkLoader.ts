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

/** One request asks for no more than this; the server's limits lie higher. */
const RUN_CHUNKS = 64;
const RUN_BYTES = 1024 * 1024;

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
    return this.underway.get(chunk.seq) ?? this.follow(chunk, this.fetch(chunk));
  }

  /** Whether it is here or on its way. */
  has(chunk: Chunk): boolean {
    return this.kept.has(chunk.seq) || this.underway.has(chunk.seq);
  }

  /** Begins to load what will be needed soon: what has consecutive numbers, in one request. */
  prefetch(chunks: readonly Chunk[]): void {
    for (const run of runsOf(chunks.filter((chunk) => !this.has(chunk)))) {
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last) continue;
      if (first === last) void this.load(first);
      else this.fetchTogether(run, this.api.chunks(first.seq, last.seq));
    }
  }

  private fetchTogether(run: readonly Chunk[], asked: ReturnType<SessionApi['chunks']>): void {
    const bytes = run.reduce((sum, chunk) => sum + chunk.bytes, 0) || 1;
    for (const chunk of run) {
      const arrival = asked.then((answer) => {
        const found = answer.ok && answer.value.chunks.find(({ seq }) => seq === chunk.seq);
        // Alone it is tried again, and what keeps it away has a name.
        if (!found) return this.fetch(chunk);
        const chars = (answer.value.chars * chunk.bytes) / bytes;
        return this.take(chunk, { events: found.events, chars });
      });
      void this.follow(chunk, arrival);
    }
  }

  private follow(chunk: Chunk, arrival: Promise<Read<ChunkEvents>>): Promise<Read<ChunkEvents>> {
    const started = arrival.finally(() => this.underway.delete(chunk.seq));
    this.underway.set(chunk.seq, started);
    return started;
  }

  private take(chunk: Chunk, { events: recorded, chars }: ChunkEvents): Read<ChunkEvents> {
    const events = useAssets(disarm(recorded), this.assets).sort(
      (a, b) => a.timestamp - b.timestamp,
    );
    const value = { events, chars };
    this.keep(chunk, value);
    return { ok: true, value };
  }

  private async fetch(chunk: Chunk): Promise<Read<ChunkEvents>> {
    for (let attempt = 1; ; attempt++) {
      const read = await this.api.chunk(chunk.seq);
      if (read.ok) return this.take(chunk, read.value);
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

/** Chunks whose numbers follow one another, in portions for one request each. */
function runsOf(chunks: readonly Chunk[]): Chunk[][] {
  const runs: Chunk[][] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    const run = runs.at(-1);
    bytes += chunk.bytes;
    const follows = run?.at(-1)?.seq === chunk.seq - 1;
    if (run && follows && run.length < RUN_CHUNKS && bytes <= RUN_BYTES) run.push(chunk);
    else {
      runs.push([chunk]);
      bytes = chunk.bytes;
    }
  }
  return runs;
}
