import type { WireChunk, WireManifest } from '../../src/model/wire';
import { type RecordedSession, toSession } from '../../src/model/session';

export const START = Date.parse('2026-11-21T10:00:00.000Z');

export const at = (ms: number): string => new Date(START + ms).toISOString();

/** A chunk from `fromS` to `toS` seconds; a leading `*` in the window marks a full snapshot. */
export function chunk(
  seq: number,
  windowId: string,
  fromS: number,
  toS: number,
  reason: string | null = null,
): WireChunk {
  return {
    seq,
    windowId: windowId.replace('*', ''),
    firstEventAt: at(fromS * 1000),
    lastEventAt: at(toS * 1000),
    events: 10,
    bytes: 1_000,
    hasFullSnapshot: windowId.startsWith('*'),
    reason,
  };
}

export function session(manifest: Partial<WireManifest> = {}): RecordedSession {
  return toSession({
    sessionId: 's-1',
    projectId: 'p-1',
    status: 'ready',
    startedAt: at(0),
    durationMs: 60_000,
    ...manifest,
  });
}
