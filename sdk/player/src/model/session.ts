import type { WireChunk, WireManifest, WireNote, WireReportCard, WireTimelineEvent } from './wire';

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

export interface TimelineEvent {
  readonly ms: number;
  readonly kind: string;
  readonly level: 'error' | 'warn' | 'info';
  readonly text: string;
  readonly data: unknown;
}

/** What the recording holds and what it lacks, as the server certifies it. */
export interface Completeness {
  readonly complete: boolean;
  readonly chunksExpected: number;
  readonly missingChunks: number;
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
    completeness: toCompleteness(manifest.completeness ?? {}),
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

function toCompleteness(wire: NonNullable<WireManifest['completeness']>): Completeness {
  const expected = wire.chunksExpected ?? 0;
  const missingChunks = Math.max(0, expected - (wire.chunksReceived ?? 0));
  const dropped = counted(wire.dropped).filter(([reason]) => reason !== UNLISTED);
  const reduced = counted(wire.reduced);
  const assetsMissing = wire.assetsMissing ?? 0;
  const lossless = missingChunks === 0 && dropped.length === 0 && assetsMissing === 0;
  return {
    complete: wire.complete ?? lossless,
    chunksExpected: expected,
    missingChunks,
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
    chunks: chunks
      .filter((chunk) => chunk.windowId === windowId)
      .map((chunk) => ({
        seq: chunk.seq,
        from: since(chunk.firstEventAt),
        to: since(chunk.lastEventAt),
        bytes: chunk.bytes,
        hasFullSnapshot: chunk.hasFullSnapshot,
      }))
      .sort((a, b) => a.from - b.from || a.seq - b.seq),
    gaps: (manifest.gaps ?? [])
      // A gap without a window is one of the whole session: it is true for every track.
      .filter((gap) => !gap.windowId || gap.windowId === windowId)
      .map((gap) => ({ from: since(gap.from), to: since(gap.to), reason: gap.reason ?? 'unknown' }))
      .filter((gap) => gap.to > gap.from)
      .sort((a, b) => a.from - b.from),
  }));
}

export function toTimelineEvents(
  events: readonly WireTimelineEvent[],
  startedAt: number,
): TimelineEvent[] {
  return events
    .map((event) => ({
      ms: Math.max(0, Date.parse(event.at) - startedAt),
      kind: event.kind,
      level: levelOf(event),
      text: event.text ?? '',
      data: event.data ?? null,
    }))
    .sort((a, b) => a.ms - b.ms);
}

function toKind(kind: string): MarkerKind {
  return (KINDS.includes(kind) ? kind : 'ui_no_effect') as MarkerKind;
}

/** A task longer than this is felt as a hang. */
const SLOW_TASK_MS = 200;

/** What is not well with the page is a warning; vitals and tasks have no level of their own. */
function levelOf(event: WireTimelineEvent): TimelineEvent['level'] {
  const { rating, durationMs, status, outcome } = (event.data ?? {}) as Record<string, unknown>;
  switch (event.kind) {
    case 'vital':
      return rating === 'poor' ? 'warn' : 'info';
    case 'longtask':
      return typeof durationMs === 'number' && durationMs >= SLOW_TASK_MS ? 'warn' : 'info';
    case 'reduced':
      return 'warn';
    case 'network':
      return failed(status, outcome) ? 'error' : toLevel(event.level);
    default:
      return toLevel(event.level);
  }
}

/** A request that the page itself gave up is no failure. */
function failed(status: unknown, outcome: unknown): boolean {
  return typeof status === 'number' && (status >= 400 || (status === 0 && outcome !== 'aborted'));
}

function toLevel(level: string | null | undefined): TimelineEvent['level'] {
  switch (level?.toLowerCase()) {
    case 'error':
    case 'assert':
    case 'fatal':
      return 'error';
    case 'warn':
    case 'warning':
      return 'warn';
    default:
      return 'info';
  }
}
