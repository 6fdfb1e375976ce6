import type { Gap, RecordedSession, Span, Track } from '../model/session';
import type { ChunkLoader } from './chunkLoader';
import { chooseTrack, chunkIndexAt, endless, idleJump, mergeGaps, spanAt } from './coverage';
import { Reel } from './reel';
import * as say from './sentences';
import type { Note } from './sentences';
import type { Stage } from './stage';

export type Status = 'loading' | 'paused' | 'playing' | 'buffering' | 'ended';

/** How much is loaded ahead of the playhead, in milliseconds at normal speed. */
const AHEAD_MS = 20_000;

/** Playing, and yet no progress for so long: an event could not be drawn; it is passed over. */
const STALLED_MS = 1_500;

/**
 * The player's engine: one playhead in session milliseconds, moved by playing or by seeking. It
 * loads what the playhead needs, jumps over gaps and (if wished) idle time, and names what is
 * missing. A newer seek always wins over an older one.
 */
export class Playback {
  status: Status = 'loading';
  ms = 0;
  speed: number;
  skipIdle: boolean;
  track: Track | null;
  gaps: readonly Gap[] = [];
  note: Note | null = null;

  private readonly endless: readonly Span[];
  private readonly reel: Reel;
  private readonly listeners = new Set<() => void>();
  private readonly timeListeners = new Set<(ms: number) => void>();
  private turn = 0;
  private frame = 0;
  private wanted = false;
  private tickedAt = 0;
  private movedAt = 0;

  constructor(
    readonly session: RecordedSession,
    loader: ChunkLoader,
    stage: Stage,
    choice: { speed: number; skipIdle: boolean; announce: (text: string) => void },
    startAt: number | null,
  ) {
    this.speed = choice.speed;
    this.skipIdle = choice.skipIdle;
    this.announce = choice.announce;
    this.track = chooseTrack(session, startAt);
    this.endless = endless(session.idle);
    this.reel = new Reel(session, loader, stage);
    this.useTrack();
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  private readonly announce: (text: string) => void;

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  onTime(listener: (ms: number) => void): void {
    this.timeListeners.add(listener);
  }

  get playing(): boolean {
    return this.wanted;
  }

  get durationMs(): number {
    return this.session.durationMs;
  }

  toggle(): void {
    if (this.wanted) this.pause();
    else this.play();
  }

  play(): void {
    this.wanted = true;
    const atEnd = this.ms >= this.durationMs - 50;
    void this.seek(atEnd ? 0 : this.ms);
  }

  pause(): void {
    this.wanted = false;
    cancelAnimationFrame(this.frame);
    this.reel.stop();
    if (this.status === 'playing' || this.status === 'buffering') this.status = 'paused';
    this.changed();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.reel.setSpeed(speed);
    this.changed();
  }

  setSkipIdle(skip: boolean): void {
    this.skipIdle = skip;
    this.changed();
  }

  switchTrack(windowId: string): Promise<void> {
    this.track = this.session.tracks.find((track) => track.windowId === windowId) ?? this.track;
    this.useTrack();
    return this.seek(this.ms);
  }

  /** Forgets which chunks failed and loads the picture again. */
  retry(): Promise<void> {
    this.useTrack();
    return this.seek(this.ms);
  }

  /** Moves the playhead; resolves when the picture of that moment stands (or is named missing). */
  async seek(ms: number): Promise<void> {
    const turn = ++this.turn;
    cancelAnimationFrame(this.frame);
    this.reel.stop();
    this.moveTo(ms);
    this.status = this.wanted ? 'buffering' : 'loading';
    this.changed();
    const outcome = this.track
      ? await this.reel.prepare(this.ms, () => turn === this.turn)
      : ({ kind: 'empty' } as const);
    if (turn !== this.turn) return;
    this.gaps = this.allGaps();
    if (outcome.kind === 'late') this.moveTo(outcome.from);
    const gap = spanAt(this.gaps, this.ms);
    if (this.wanted && gap) return this.leap(gap.to, say.jumpedGap(gap));
    this.note = say.noteFor(this.session, this.track, this.gaps, this.ms, outcome);
    if (this.wanted) {
      this.reel.play(this.ms, this.speed);
      this.start();
    } else {
      this.reel.show(this.ms);
      this.status = 'paused';
    }
    this.changed();
  }

  /** Says something beside the picture; `passing` words go away by themselves. */
  remark(title: string, passing: boolean): void {
    this.note = { tone: 'info', title, covers: false, passing };
    this.changed();
  }

  dismissPassingNote(): void {
    if (!this.note?.passing) return;
    this.note = this.track ? say.noteAt(this.session, this.track, this.gaps, this.ms) : null;
    this.changed();
  }

  private start(): void {
    this.status = 'playing';
    this.tickedAt = this.movedAt = performance.now();
    this.frame = requestAnimationFrame(this.tick);
  }

  private readonly tick = (): void => {
    const turn = this.turn;
    const clock = performance.now();
    const now = this.reel.now ?? this.ms + (clock - this.tickedAt) * this.speed;
    this.tickedAt = clock;
    if (now > this.ms) this.movedAt = clock;
    this.moveTo(Math.max(this.ms, now));
    if (turn !== this.turn) return; // because a listener sought, and that has a loop of its own
    if (this.ms >= this.durationMs) return this.end();
    const gap = spanAt(this.gaps, this.ms);
    if (gap) return void this.leap(gap.to, say.jumpedGap(gap));
    const idle = idleJump(this.skipIdle ? this.session.idle : this.endless, this.ms);
    if (idle !== null) return void this.leap(idle, say.skippedIdle(idle - this.ms));
    if (clock - this.movedAt > STALLED_MS) return void this.seek(this.ms + 250);
    if (this.reel.starved(this.ms)) return void this.seek(this.ms);
    void this.loadAhead();
    this.refreshNote();
    this.frame = requestAnimationFrame(this.tick);
  };

  private async loadAhead(): Promise<void> {
    if (!this.track) return;
    const until = this.ms + AHEAD_MS * Math.max(1, this.speed / 2);
    const failed = await this.reel.extend(chunkIndexAt(this.track, until));
    if (!failed) return;
    this.gaps = this.allGaps();
    this.changed();
  }

  private async leap(ms: number, sentence: string): Promise<void> {
    this.announce(sentence);
    await this.seek(ms);
    if (this.note === null || this.note.tone === 'info') this.remark(sentence, true);
  }

  private refreshNote(): void {
    if (!this.track || this.note?.passing) return;
    const note = say.noteAt(this.session, this.track, this.gaps, this.ms);
    if (this.note?.covers || note?.title === this.note?.title) return;
    this.note = note;
    this.changed();
  }

  private end(): void {
    this.pause();
    this.status = 'ended';
    if (this.track) this.note = say.noteAt(this.session, this.track, this.gaps, this.ms);
    this.changed();
  }

  private readonly onVisibility = (): void => {
    if (!this.wanted || this.status !== 'playing') return;
    // Because a hidden tab gets no frames, and rrweb would make up for the time with one leap.
    cancelAnimationFrame(this.frame);
    this.reel.stop();
    if (!document.hidden) void this.seek(this.ms);
  };

  private useTrack(): void {
    this.reel.use(this.track);
    this.gaps = this.allGaps();
  }

  private allGaps(): Gap[] {
    return mergeGaps([...(this.track?.gaps ?? []), ...this.reel.failures]);
  }

  private moveTo(ms: number): void {
    this.ms = Math.min(this.durationMs, Math.max(0, ms));
    for (const listener of this.timeListeners) listener(this.ms);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** Stops for good; the player may then be opened anew. */
  close(): void {
    this.turn++;
    this.pause();
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.reel.use(null);
    this.listeners.clear();
    this.timeListeners.clear();
  }
}
