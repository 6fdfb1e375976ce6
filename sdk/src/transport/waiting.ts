import type { Chunk } from '../domain/chunks/chunk';

/** A chunk on its way, as the uploader knows it. */
export interface Waiting {
  chunk: Chunk;
  /** Characters of its events. */
  length: number;
  tries: number;
  wasSent: boolean;
  /** Handed to a request that outlives the page. */
  entrusted: boolean;
  /** It has another number than at first; nobody can have that one as well. */
  moved: boolean;
  /** Written down. */
  kept: boolean;
  /** It waits on disk alone. */
  isAway?: boolean;
}

export function nameOf({ sessionId, seq }: Chunk): string {
  return `${sessionId} ${seq}`;
}

export function waiting(chunk: Chunk, kept = false): Waiting {
  return {
    kept,
    chunk,
    length: chunk.events.reduce((sum, event) => sum + event.length, 0),
    tries: 0,
    wasSent: false,
    entrusted: false,
    moved: false,
  };
}

export function lengthOf(items: Waiting[]): number {
  return items.reduce((sum, item) => sum + item.length, 0);
}
