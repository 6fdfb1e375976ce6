import { noCounts, type Chunk } from './chunk';
import { DROPPED_NAME, oversizeNotice } from './oversize';

/** What becomes of a chunk that is too large to be sent. */
export interface Cut {
  /** With what can be saved of it. */
  chunks: Chunk[];
  /** Events that are lost and that no chunk of these counts; absent when nothing is lost. */
  lost?: number;
}

/**
 * Two halves by bytes of a chunk that was too large; undefined when it has fewer than two events
 * or there is no number for the second.
 * The first half keeps the number, for the server has stored nothing under it.
 */
function halve(chunk: Chunk, nextSeq: () => number | undefined): [Chunk, Chunk] | undefined {
  if (chunk.events.length < 2) return undefined;
  const total = chunk.events.reduce((sum, event) => sum + event.length, 0);
  let cut = 0;
  for (let length = 0; cut < chunk.events.length - 1; cut++) {
    length += chunk.events[cut]?.length ?? 0;
    if (length >= total / 2) break;
  }
  const seq = nextSeq();
  if (seq === undefined) return undefined;
  const at = Math.min(cut + 1, chunk.events.length - 1);
  return [
    { ...chunk, events: chunk.events.slice(0, at) },
    {
      ...chunk,
      seq,
      reason: 'split',
      events: chunk.events.slice(at),
      markers: [],
      counters: noCounts(),
    },
  ];
}

/**
 * The same chunk with a notice in place of an event that is too large for the server, so that the
 * player can name the hole; undefined when it is such a notice already.
 */
function withoutEvents(chunk: Chunk, nowMs: number): Chunk | undefined {
  if (chunk.events.some((event) => event.includes(`"${DROPPED_NAME}"`))) return undefined;
  const bytes = chunk.events.reduce((sum, event) => sum + event.length, 0);
  const dropped = { ...chunk.counters.dropped };
  dropped.oversize = (dropped.oversize ?? 0) + chunk.events.length;
  return {
    ...chunk,
    events: [JSON.stringify(oversizeNotice(bytes, nowMs))],
    counters: { ...chunk.counters, dropped },
  };
}

/** @param nextSeq a further number of the chunk's session; undefined when that is over */
export function cutChunk(chunk: Chunk, nextSeq: () => number | undefined, nowMs: number): Cut {
  const halves = halve(chunk, nextSeq);
  if (halves) return { chunks: halves };
  const emptied = withoutEvents(chunk, nowMs);
  return emptied ? { chunks: [emptied], lost: 0 } : { chunks: [], lost: chunk.events.length };
}
