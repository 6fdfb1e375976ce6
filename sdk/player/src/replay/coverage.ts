/**
 * The rules that decide what to load and where to jump. Pure: session milliseconds in, decisions
 * out.
 */
import type { Chunk, Gap, RecordedSession, Span, Track } from '../model/session';

/** An idle stretch shorter than this is quicker to watch than to understand a jump. */
const SHORTEST_IDLE_SKIP_MS = 3_000;

/** Where a jump over idle time lands before the next activity, so that it is seen to begin. */
const IDLE_LEAD_IN_MS = 1_000;

/** The index of the last chunk that begins at or before the time; -1 when all begin later. */
export function chunkIndexAt(track: Track, ms: number): number {
  let found = -1;
  for (const [index, chunk] of track.chunks.entries()) {
    if (chunk.from > ms) break;
    found = index;
  }
  return found;
}

/**
 * The chunks from which the picture at this time can be built, best first: those with a full
 * snapshot that begin at or before it, the nearest first. A chunk may hold its snapshot after the
 * time; the caller then takes the next one.
 */
export function anchorsBefore(track: Track, ms: number): number[] {
  const anchors: number[] = [];
  for (let index = chunkIndexAt(track, ms); index >= 0; index--) {
    if (track.chunks[index]?.hasFullSnapshot) anchors.push(index);
  }
  return anchors;
}

/** The first chunk with a full snapshot after the time; -1 when there is none. */
export function anchorAfter(track: Track, ms: number): number {
  return track.chunks.findIndex((chunk) => chunk.hasFullSnapshot && chunk.to >= ms);
}

export function hasPicture(track: Track): boolean {
  return track.chunks.some((chunk) => chunk.hasFullSnapshot);
}

export function spanAt<T extends Span>(spans: readonly T[], ms: number): T | null {
  return spans.find((span) => ms >= span.from && ms < span.to) ?? null;
}

/** Idle for so long is jumped over whatever was chosen: nobody means to watch it. */
const ENDLESS_MS = 3_600_000;

/** Idle stretches that are jumped over although idle time is played. */
export function endless(idle: readonly Span[]): Span[] {
  return idle.filter((span) => span.to - span.from >= ENDLESS_MS);
}

/** Where to jump from inside an idle stretch, or null when it is not worth a jump. */
export function idleJump(idle: readonly Span[], ms: number): number | null {
  const span = spanAt(idle, ms);
  if (!span) return null;
  const target = span.to - IDLE_LEAD_IN_MS;
  return target - ms >= SHORTEST_IDLE_SKIP_MS ? target : null;
}

/**
 * The gap whose loss still shows at this time: changes were lost in it and no full snapshot has
 * come since, so that the picture may lack them.
 */
export function lossBefore(track: Track, gaps: readonly Gap[], ms: number): Gap | null {
  const snapshots = track.chunks.filter((chunk) => chunk.hasFullSnapshot && chunk.from <= ms);
  const repairedAt = snapshots.at(-1)?.from ?? -1;
  const passed = gaps.filter((gap) => gap.to <= ms && gap.to > repairedAt);
  return passed.at(-1) ?? null;
}

/** The stretch that is lost when a chunk cannot be loaded: up to where its successor begins. */
export function gapOfChunk(track: Track, chunk: Chunk, durationMs: number, why: string): Gap {
  const index = track.chunks.indexOf(chunk);
  const next = track.chunks[index + 1];
  const to = Math.max(next ? next.from : Math.max(chunk.to, durationMs), chunk.from + 1);
  return { from: chunk.from, to, reason: why, retrySeq: chunk.seq };
}

/**
 * Joins stretches that touch or overlap, so that the viewer hears of one loss once. The reason is
 * the one of the earliest part.
 */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && gap.from <= last.to) {
      const retrySeq = last.retrySeq ?? gap.retrySeq;
      merged[merged.length - 1] = {
        from: last.from,
        to: Math.max(last.to, gap.to),
        reason: last.reason,
        ...(retrySeq === undefined ? {} : { retrySeq }),
      };
    } else {
      merged.push(gap);
    }
  }
  return merged;
}

/**
 * The window to show: the one that was recording at the given time (the longest of several), or
 * else the longest of all. A window with a picture goes before one without.
 */
export function chooseTrack(session: RecordedSession, ms: number | null): Track | null {
  const rank = (track: Track): number => {
    const length = (track.chunks.at(-1)?.to ?? 0) - (track.chunks[0]?.from ?? 0);
    const covers = ms !== null && track.chunks.some((c) => c.from <= ms && ms <= c.to + 1_000);
    return (hasPicture(track) ? 1e13 : 0) + (covers ? 1e12 : 0) + length;
  };
  return [...session.tracks].sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** A window in which nothing came for so long is one that nobody looks at. */
const QUIET_MS = 5_000;

/**
 * The window in which something happens at this time: the shown one as long as it does not fall
 * silent, else the one whose next part begins first within the quiet time; null when all are still.
 */
export function activeTrack(
  session: RecordedSession,
  shown: Track | null,
  ms: number,
): Track | null {
  const busy = (track: Track): boolean =>
    hasPicture(track) && track.chunks.some((c) => c.from <= ms && ms <= c.to);
  const due = (track: Track): boolean =>
    busy(track) || track.chunks.some((c) => c.from > ms && c.from - ms < QUIET_MS);
  if (shown && due(shown)) return shown;
  return session.tracks.find(busy) ?? null;
}

/** The nearest moment before or after; jumps within half a second of the playhead do not count. */
export function neighbour(
  moments: readonly number[],
  ms: number,
  direction: 'next' | 'previous',
): number | null {
  if (direction === 'next') return moments.find((moment) => moment > ms + 250) ?? null;
  return [...moments].reverse().find((moment) => moment < ms - 500) ?? null;
}
