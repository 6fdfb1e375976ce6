import { inOrder, openEnds } from './chunkOrder';
import type { WireChunk, WireManifest, WireNote, WireReportCard } from './wire';

/**
 * A recorded session as the player thinks of it: every time is in milliseconds since the session
 * began, so that one number line serves the playhead, the lanes and the panels.
 */
export interface RecordedSession {
  readonly id: string;
  readonly projectId: string;
  readonly status: string;
  /** Epoch milliseconds of session time 0. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly userAgent: string;
  readonly tracks: readonly Track[];
  readonly markers: readonly Marker[];
  readonly pages: readonly { readonly ms: number; readonly url: string }[];
  readonly idle: readonly Span[];
  readonly completeness: Completeness;
  readonly serverErrors: readonly ServerError[];
  readonly notes: readonly WireNote[];
  /** From an address in the recording to where its content is kept. */
  readonly assets: ReadonlyMap<string, string>;
  readonly reportCard: WireReportCard | null;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What one browser window recorded, in the order in which it happened. */
export interface Track {
  readonly windowId: string;
  readonly chunks: readonly Chunk[];
  readonly gaps: readonly Gap[];
}

export interface Chunk extends Span {
  readonly seq: number;
  readonly bytes: number;
  readonly hasFullSnapshot: boolean;
}

/** A stretch that should have been recorded and is not there. */
export interface Gap extends Span {
  readonly reason: string;
  /** The chunk that could not be loaded, when asking again may help. */
  readonly retrySeq?: number;
}

export interface Marker {
  readonly id: string;
  readonly kind: MarkerKind;
  readonly subkind: string | null;
  readonly label: string;
  readonly evidence: string | null;
  readonly ms: number;
}

export type MarkerKind = 'js_exception' | 'api_error' | 'validation_failed' | 'ui_no_effect';

/** What the customer's server threw, by its own clock. */
export interface ServerError {
  readonly ms: number;
  /** The id of the answer behind which it was thrown. */
  readonly correlationId: string;
  readonly request: string;
  readonly text: string;
  readonly stack: string;
}

/** What the recording holds and what it lacks, as the server certifies it. */
export interface Completeness {
  readonly complete: boolean;
  readonly chunksExpected: number;
  readonly missingChunks: number;
  /** Windows whose last part is not one that a browser sends before it falls silent. */
  readonly openEnds: number;
  /** Let go by the project's policy. */
  readonly omitted: number;
  /** Lost, by the recorder's reason. */
  readonly dropped: readonly (readonly [string, number])[];
  /** Left out to spare the page, by the recorder's reason. */
  readonly reduced: readonly (readonly [string, number])[];
  /** All that `reduced` counts. */
  readonly thinned: number;
  /** What is in the replay, but found no room in the list beside it. */
  readonly unlisted: number;
  readonly throttled: number;
  readonly masked: number;
  readonly maskable: number;
  readonly assetsMissing: number;
  readonly clockJumps: number;
}

const KINDS: readonly string[] = ['js_exception', 'api_error', 'validation_failed', 'ui_no_effect'];

const DEFAULT_VIEWPORT = { width: 1280, height: 800 };

const UNLISTED = 'timeline';

export function toSession(manifest: WireManifest): RecordedSession {
  const startedAt = timeZero(manifest);
  const since = (time: string): number => Math.max(0, Date.parse(time) - startedAt);
  const chunks = manifest.chunks ?? [];
  const markers = (manifest.markers ?? [])
    .map((marker) => ({
      id: marker.id,
      kind: toKind(marker.kind),
      subkind: marker.subkind ?? null,
      label: marker.label,
      evidence: marker.evidence ?? null,
      ms: Math.max(0, marker.replayOffsetMs),
    }))
    .sort((a, b) => a.ms - b.ms);
  const declared = manifest.endedAt ? since(manifest.endedAt) : (manifest.durationMs ?? 0);
  const ends = [declared, manifest.durationMs ?? 0, ...chunks.map((c) => since(c.lastEventAt))];
  return {
    id: manifest.sessionId,
    projectId: manifest.projectId,
    status: manifest.status,
    startedAt,
    durationMs: Math.max(1, ...ends.filter(Number.isFinite)),
    viewport: manifest.viewport ?? DEFAULT_VIEWPORT,
    userAgent: manifest.userAgent ?? '',
    tracks: toTracks(manifest, chunks, since),
    markers,
    pages: (manifest.pages ?? []).map((page) => ({ ms: since(page.at), url: page.url })),
    idle: (manifest.idlePeriods ?? []).map((p) => ({ from: since(p.from), to: since(p.to) })),
    serverErrors: (manifest.serverErrors ?? []).map((error) => ({
      ms: since(error.at),
      correlationId: error.correlationId,
      request: [error.method, error.path].filter(Boolean).join(' '),
      text: error.message ? `${error.type}: ${error.message}` : error.type,
      stack: error.stack,
    })),
    notes: manifest.notes ?? [],
    assets: toAssets(manifest),
    completeness: toCompleteness(manifest.completeness ?? {}, openEnds(chunks)),
    reportCard: manifest.reportCard ?? null,
  };
}

function toAssets(manifest: WireManifest): Map<string, string> {
  const base = `/v1/sessions/${encodeURIComponent(manifest.sessionId)}/assets`;
  const search = new URLSearchParams({ project: manifest.projectId });
  return new Map(
    (manifest.assets ?? []).map(({ url, sha256 }) => [url, `${base}/${sha256}?${search}`]),
  );
}

function toCompleteness(
  wire: NonNullable<WireManifest['completeness']>,
  openEnds: number,
): Completeness {
  const expected = wire.chunksExpected ?? 0;
  const missingChunks = Math.max(0, expected - (wire.chunksReceived ?? 0));
  const dropped = counted(wire.dropped).filter(([reason]) => reason !== UNLISTED);
  const reduced = counted(wire.reduced);
  const assetsMissing = wire.assetsMissing ?? 0;
  const lossless = missingChunks === 0 && dropped.length === 0;
  return {
    complete: wire.complete ?? lossless,
    chunksExpected: expected,
    missingChunks,
    openEnds,
    omitted: wire.chunksOmitted ?? 0,
    dropped,
    reduced,
    thinned: reduced.reduce((sum, [, n]) => sum + n, 0),
    unlisted: wire.dropped?.[UNLISTED] ?? 0,
    throttled: wire.throttled ?? 0,
    masked: wire.masked ?? 0,
    maskable: wire.maskable ?? 0,
    assetsMissing,
    clockJumps: wire.clockJumps ?? 0,
  };
}

/** Reasons that were counted at all, the most frequent first. */
function counted(counts: Readonly<Record<string, number>> | null | undefined): [string, number][] {
  return Object.entries(counts ?? {})
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a);
}

/** Clocks may differ by this much before the session's start is not believed any more. */
const CREDIBLE_START_MS = 10 * 60_000;

/**
 * Session time 0: when the session says it began, or the first event where the two are so far
 * apart that they cannot belong together (uploads by clients that make up their start).
 */
export function timeZero(manifest: WireManifest): number {
  const declared = Date.parse(manifest.startedAt);
  const events = (manifest.chunks ?? []).map((chunk) => Date.parse(chunk.firstEventAt));
  const first = Math.min(...events);
  const credible = Math.max(CREDIBLE_START_MS, manifest.durationMs ?? 0);
  return Number.isFinite(first) && !(Math.abs(first - declared) <= credible) ? first : declared;
}

function toTracks(
  manifest: WireManifest,
  chunks: readonly WireChunk[],
  since: (time: string) => number,
): Track[] {
  const ids = [...new Set(chunks.map((chunk) => chunk.windowId))];
  return ids.map((windowId) => ({
    windowId,
    chunks: inOrder(chunks.filter((chunk) => chunk.windowId === windowId)).map((chunk) => ({
      seq: chunk.seq,
      from: since(chunk.firstEventAt),
      to: since(chunk.lastEventAt),
      bytes: chunk.bytes,
      hasFullSnapshot: chunk.hasFullSnapshot,
    })),
    gaps: (manifest.gaps ?? [])
      // A gap without a window is one of the whole session: it is true for every track.
      .filter((gap) => !gap.windowId || gap.windowId === windowId)
      .map((gap) => ({ from: since(gap.from), to: since(gap.to), reason: gap.reason ?? 'unknown' }))
      .filter((gap) => gap.to > gap.from)
      .sort((a, b) => a.from - b.from),
  }));
}

function toKind(kind: string): MarkerKind {
  return (KINDS.includes(kind) ? kind : 'ui_no_effect') as MarkerKind;
}
