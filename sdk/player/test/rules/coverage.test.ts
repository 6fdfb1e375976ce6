import { describe, expect, it } from 'vitest';
import type { Chunk, Track } from '../../src/model/session';
import {
  anchorAfter,
  anchorsBefore,
  chooseTrack,
  chunkIndexAt,
  gapOfChunk,
  idleJump,
  lossBefore,
  mergeGaps,
  neighbour,
  spanAt,
} from '../../src/replay/coverage';
import { at, chunk, session, START } from './sessions';

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The fixture has no such thing.');
  return value;
}

const trackOf = (...chunks: Parameters<typeof chunk>[]): Track =>
  existing(session({ chunks: chunks.map((c) => chunk(...c)) }).tracks[0]);

const FILM = trackOf([1, '*w', 0, 9], [2, 'w', 10, 19], [3, '*w', 20, 29], [4, 'w', 30, 39]);

describe('the nearest snapshot', () => {
  it('is the last one that begins at or before the time, earlier ones follow', () => {
    expect(anchorsBefore(FILM, 35_000)).toEqual([2, 0]);
    expect(anchorsBefore(FILM, 20_000)).toEqual([2, 0]);
    expect(anchorsBefore(FILM, 19_999)).toEqual([0]);
  });

  it('is missing before the first one, and then the next one is found', () => {
    const late = trackOf([1, 'w', 0, 9], [2, '*w', 10, 19]);
    expect(anchorsBefore(late, 5_000)).toEqual([]);
    expect(anchorAfter(late, 5_000)).toBe(1);
    expect(anchorAfter(trackOf([1, 'w', 0, 9]), 0)).toBe(-1);
  });

  it('stays the one of the last chunk after the end of the recording', () => {
    expect(chunkIndexAt(FILM, 999_000)).toBe(3);
    expect(chunkIndexAt(trackOf([1, '*w', 5, 9]), 1_000)).toBe(-1);
  });
});

describe('gaps', () => {
  const chunkAt = (index: number): Chunk => existing(FILM.chunks[index]);

  it('reach from a chunk that cannot be loaded to where the next one begins', () => {
    expect(gapOfChunk(FILM, chunkAt(1), 60_000, 'lost')).toEqual({
      from: 10_000,
      to: 20_000,
      reason: 'lost',
      retrySeq: 2,
    });
    expect(gapOfChunk(FILM, chunkAt(3), 60_000, 'lost').to).toBe(60_000);
  });

  it('that touch are one loss', () => {
    const merged = mergeGaps([
      { from: 20, to: 30, reason: 'b', retrySeq: 3 },
      { from: 10, to: 20, reason: 'a' },
      { from: 40, to: 50, reason: 'c' },
    ]);
    expect(merged).toEqual([
      { from: 10, to: 30, reason: 'a', retrySeq: 3 },
      { from: 40, to: 50, reason: 'c' },
    ]);
  });

  it('hold their start and not their end', () => {
    const gaps = [{ from: 10, to: 20, reason: 'a' }];
    expect(spanAt(gaps, 10)).not.toBeNull();
    expect(spanAt(gaps, 20)).toBeNull();
  });

  it('spoil the picture until the next full snapshot', () => {
    const gaps = [{ from: 10_000, to: 15_000, reason: 'a' }];
    expect(lossBefore(FILM, gaps, 9_000)).toBeNull();
    expect(lossBefore(FILM, gaps, 16_000)).toEqual(gaps[0]);
    expect(lossBefore(FILM, gaps, 20_000)).toBeNull();
  });
});

describe('skipping idle time', () => {
  const idle = [{ from: 10_000, to: 40_000 }];

  it('lands shortly before the next activity', () => {
    expect(idleJump(idle, 10_000)).toBe(39_000);
  });

  it('leaves activity and short rests alone', () => {
    expect(idleJump(idle, 9_999)).toBeNull();
    expect(idleJump(idle, 37_000)).toBeNull();
    expect(idleJump([{ from: 0, to: 3_500 }], 0)).toBeNull();
  });
});

describe('the window to show', () => {
  const two = session({
    chunks: [chunk(1, '*long', 0, 30), chunk(2, '*short', 40, 50), chunk(3, 'blind', 0, 60)],
  });

  it('is the one that was recording at the marker', () => {
    expect(chooseTrack(two, 45_000)?.windowId).toBe('short');
  });

  it('is the longest with a picture when no moment is asked for', () => {
    expect(chooseTrack(two, null)?.windowId).toBe('long');
  });

  it('is none when nothing was recorded', () => {
    expect(chooseTrack(session(), null)).toBeNull();
  });
});

describe('the next and the previous error', () => {
  it('step from marker to marker and end at the ends', () => {
    const moments = [1_000, 5_000, 9_000];
    expect(neighbour(moments, 1_000, 'next')).toBe(5_000);
    expect(neighbour(moments, 5_000, 'previous')).toBe(1_000);
    expect(neighbour(moments, 9_000, 'next')).toBeNull();
    expect(neighbour(moments, 1_000, 'previous')).toBeNull();
  });
});

describe('a session', () => {
  it('counts its times from its start and lasts as long as its last chunk', () => {
    const recorded = session({
      durationMs: 5_000,
      chunks: [chunk(2, 'w', 30, 70), chunk(1, '*w', 0, 30)],
      gaps: [{ windowId: 'w', from: at(5_000), to: at(6_000) }],
      completeness: {
        chunksExpected: 4,
        chunksReceived: 2,
        dropped: { size: 2, age: 1, timeline: 9 },
      },
    });
    expect(recorded.durationMs).toBe(70_000);
    expect(recorded.tracks[0]?.chunks.map((c) => c.seq)).toEqual([1, 2]);
    expect(recorded.tracks[0]?.gaps).toEqual([{ from: 5_000, to: 6_000, reason: 'unknown' }]);
    expect(recorded.completeness).toMatchObject({
      missingChunks: 2,
      dropped: [
        ['size', 2],
        ['age', 1],
      ],
      unlisted: 9,
    });
  });

  it('begins with its first event when its own start cannot be meant', () => {
    const recorded = session({ startedAt: '2020-01-01T00:00:00Z', chunks: [chunk(1, '*w', 0, 5)] });
    expect(recorded.startedAt).toBe(START);
    expect(session({ chunks: [chunk(1, '*w', 300, 310)] }).startedAt).toBe(START);
  });

  it('takes unknown kinds of markers for no effect and sorts them', () => {
    const marker = { clusterKey: 'k', label: 'x', observedAt: at(0) };
    const recorded = session({
      markers: [
        { ...marker, id: 'b', kind: 'strange', replayOffsetMs: 9 },
        { ...marker, id: 'a', kind: 'js_exception', replayOffsetMs: -4 },
      ],
    });
    expect(recorded.markers.map((m) => [m.id, m.kind, m.ms])).toEqual([
      ['a', 'js_exception', 0],
      ['b', 'ui_no_effect', 9],
    ]);
  });
});
