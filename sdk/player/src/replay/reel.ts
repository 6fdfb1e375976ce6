import type { ChunkEvents, Read, ReadFailure } from '../api';
import type { Gap, RecordedSession, Track } from '../model/session';
import { prefersReducedMotion } from '../ui/dom';
import type { ChunkLoader } from './chunkLoader';
import { anchorAfter, anchorsBefore, chunkIndexAt, gapOfChunk } from './coverage';
import { Segment } from './segment';
import { firstSnapshotAt } from './snapshots';
import type { Stage } from './stage';

export type Prepared =
  | { readonly kind: 'ready' }
  | { readonly kind: 'empty' }
  /** The first picture comes later than asked. */
  | { readonly kind: 'late'; readonly from: number }
  | { readonly kind: 'failed'; readonly failure: ReadFailure }
  | { readonly kind: 'undrawable' };

/** Chunks that are asked for ahead of the one that is needed. */
const AHEAD_CHUNKS = 64;

/** A segment with more JSON ends at the next full snapshot: rrweb looks through all that it has. */
const SEGMENT_CHARS = 4 * 1024 * 1024;

/** A picture that begins this much later than asked is worth a word. */
const LATE_MS = 1_000;

/**
 * The film of one track: the segment that is threaded in, and the rule for when another must be. A
 * chunk that cannot be loaded is passed over and remembered as a gap.
 */
export class Reel {
  private track: Track | null = null;
  private segment: Segment | null = null;
  private first = -1;
  private last = -1;
  private chars = 0;
  private readonly failed = new Map<number, Gap>();
  private extending: Promise<boolean> | null = null;

  constructor(
    private readonly session: RecordedSession,
    private readonly loader: ChunkLoader,
    private readonly stage: Stage,
  ) {}

  get failures(): readonly Gap[] {
    return [...this.failed.values()];
  }

  /** The running clock in session milliseconds; null when there is no picture. */
  get now(): number | null {
    return this.segment?.now ?? null;
  }

  use(track: Track | null): void {
    this.unthread();
    this.track = track;
    this.failed.clear();
  }

  /** Threads in the segment for this moment and loads up to it. */
  async prepare(ms: number, current: () => boolean): Promise<Prepared> {
    const track = this.track;
    if (!track || track.chunks.length === 0) return { kind: 'empty' };
    const anchors = anchorsBefore(track, ms);
    let lastFailure: ReadFailure | null = null;
    for (const anchor of anchors) {
      if (this.covers(anchor, ms)) return this.reach(ms, current);
      this.fetchAhead(anchor, anchor); // alone, because it is drawn while the rest travels
      this.fetchAhead(anchor + 1, chunkIndexAt(track, ms));
      const read = await this.read(anchor);
      if (!current()) return { kind: 'ready' };
      if (!read.ok) {
        lastFailure = read.failure;
        continue;
      }
      const at = firstSnapshotAt(read.value.events);
      if (at === null || at - this.session.startedAt > ms) continue;
      if (!(await this.thread(anchor, read.value, current))) return { kind: 'undrawable' };
      return this.reach(ms, current);
    }
    return this.clampForward(track, ms, lastFailure, current);
  }

  show(ms: number): void {
    this.guarded(() => this.segment?.show(ms));
  }

  play(ms: number, speed: number): void {
    this.guarded(() => this.segment?.play(ms, speed));
  }

  stop(): void {
    this.segment?.stop();
  }

  setSpeed(speed: number): void {
    this.segment?.setSpeed(speed);
  }

  /** The playhead has reached a chunk that is not there yet. */
  starved(ms: number): boolean {
    const next = this.track?.chunks[this.last + 1];
    return this.segment !== null && next !== undefined && ms >= next.from;
  }

  /** Loads on up to the chunk with this index; answers whether a chunk was found missing. */
  extend(upTo: number): Promise<boolean> {
    if (!this.segment || upTo <= this.last) return Promise.resolve(false);
    const until = Math.min(upTo, this.lastOfSegment());
    if (until <= this.last) {
      this.fetchAhead(this.last + 1, upTo);
      return Promise.resolve(false);
    }
    return this.growing(until);
  }

  /** The last chunk before the full snapshot that ends a segment which is large enough. */
  private lastOfSegment(): number {
    if (this.chars < SEGMENT_CHARS) return Infinity;
    const next = this.track?.chunks.findIndex((c, at) => at > this.last && c.hasFullSnapshot) ?? -1;
    return next < 0 ? Infinity : next - 1;
  }

  private growing(upTo: number): Promise<boolean> {
    this.extending ??= this.grow(upTo).finally(() => (this.extending = null));
    return this.extending;
  }

  private fetchAhead(from: number, upTo: number): void {
    const chunks = this.track?.chunks.slice(from, Math.min(from + AHEAD_CHUNKS, upTo + 1)) ?? [];
    if (chunks[0] && !this.loader.has(chunks[0])) this.loader.prefetch(chunks);
  }

  private covers(anchor: number, ms: number): boolean {
    const segment = this.segment;
    return segment !== null && this.first <= anchor && anchor <= this.last && segment.from <= ms;
  }

  private async reach(ms: number, current: () => boolean): Promise<Prepared> {
    const target = this.track ? chunkIndexAt(this.track, ms) : -1;
    while (current() && this.segment && this.last < target) await this.growing(target);
    return { kind: 'ready' };
  }

  private async clampForward(
    track: Track,
    ms: number,
    lastFailure: ReadFailure | null,
    current: () => boolean,
  ): Promise<Prepared> {
    for (let from = ms; ;) {
      const anchor = anchorAfter(track, from);
      const chunk = track.chunks[anchor];
      if (!chunk) break;
      const read = await this.read(anchor);
      if (!current()) return { kind: 'ready' };
      if (read.ok && firstSnapshotAt(read.value.events) !== null) {
        if (!(await this.thread(anchor, read.value, current))) return { kind: 'undrawable' };
        const begins = this.segment?.from ?? 0;
        return begins - ms > LATE_MS ? { kind: 'late', from: begins } : { kind: 'ready' };
      }
      if (!read.ok) lastFailure = read.failure;
      from = Math.max(chunk.to, from) + 1;
    }
    this.unthread();
    return lastFailure ? { kind: 'failed', failure: lastFailure } : { kind: 'empty' };
  }

  private async grow(upTo: number): Promise<boolean> {
    const { track, segment } = this;
    let missed = false;
    while (track && segment && segment === this.segment && this.last < upTo) {
      const index = this.last + 1;
      this.fetchAhead(index, upTo);
      const read = await this.read(index);
      if (segment !== this.segment) return missed;
      if (read.ok) segment.append(read.value.events);
      else missed = true;
      this.chars += read.ok ? read.value.chars : 0;
      this.last = index;
    }
    return missed;
  }

  private async read(index: number): Promise<Read<ChunkEvents>> {
    const track = this.track;
    const chunk = track?.chunks[index];
    if (!track || !chunk) {
      return { ok: false, failure: { kind: 'missing', message: '', retryable: false } };
    }
    const read = await this.loader.load(chunk);
    if (!read.ok && track === this.track) {
      const gap = gapOfChunk(track, chunk, this.session.durationMs, read.failure.message);
      this.failed.set(chunk.seq, gap);
    }
    return read;
  }

  private async thread(
    index: number,
    { events, chars }: ChunkEvents,
    current: () => boolean,
  ): Promise<boolean> {
    const screen = this.stage.newScreen();
    try {
      const segment = await Segment.create(events, {
        startedAt: this.session.startedAt,
        endsAt: this.session.durationMs,
        viewport: this.session.viewport,
        root: screen.root,
        mouseTail: !prefersReducedMotion(),
        onSize: (width, height) => screen.resize(width, height),
        onRebuilt: (frame) => this.stage.rebuilt(frame),
        onLoss: () => this.stage.flawed(),
      });
      if (!current()) {
        segment.destroy();
        screen.remove();
        return true;
      }
      this.segment?.destroy();
      this.segment = segment;
      this.first = this.last = index;
      this.chars = chars;
      screen.reveal();
      return true;
    } catch {
      // because a recording can hold anything; what cannot be drawn is said, not thrown
      screen.remove();
      return false;
    }
  }

  private guarded(action: () => void): void {
    try {
      action();
    } catch {
      // because one event that cannot be drawn must not end the replay; the playback moves on
      this.stage.flawed();
    }
  }

  private unthread(): void {
    this.segment?.destroy();
    this.segment = null;
    this.first = this.last = -1;
    this.stage.clear();
  }
}
