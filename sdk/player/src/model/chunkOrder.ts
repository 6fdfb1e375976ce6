import type { WireChunk } from './wire';

/** The second half of a part that was too large; its number is the next free one. */
const SPLIT = 'split';

/**
 * One window's chunks as they were recorded: by number, because a clock that is set back would put
 * changes before their ground. A second half stands behind what was recorded before it.
 */
export function inOrder(chunks: readonly WireChunk[]): WireChunk[] {
  const ordered: WireChunk[] = [];
  const bySeq = [...chunks].sort((a, b) => a.seq - b.seq);
  for (const chunk of bySeq) if (chunk.reason !== SPLIT) ordered.push(chunk);
  for (const half of bySeq) {
    if (half.reason !== SPLIT) continue;
    const before = ordered.findLastIndex(
      (chunk) => chunk.seq < half.seq && begins(chunk) <= begins(half),
    );
    ordered.splice(before + 1, 0, half);
  }
  return ordered;
}

function begins(chunk: WireChunk): number {
  return Date.parse(chunk.firstEventAt);
}

/** What a browser sends last: the page was left or hidden, or the recording stopped or paused. */
const GOODBYES: readonly string[] = ['pagehide', 'hidden', 'stop', 'idle', 'rotate'];

/**
 * Windows that may have sent more than has arrived: of what comes after the last number that is
 * known only the browser's goodbye tells.
 */
export function openEnds(chunks: readonly WireChunk[]): number {
  const last = new Map<string, WireChunk>();
  for (const chunk of chunks) {
    const known = last.get(chunk.windowId);
    if (chunk.reason !== SPLIT && !(known && known.seq > chunk.seq)) {
      last.set(chunk.windowId, chunk);
    }
  }
  return [...last.values()].filter(({ reason }) => !GOODBYES.includes(reason ?? '')).length;
}
