import type { Marker } from '../markers/marker';

/** Why a chunk was cut at this moment. */
export type FlushReason =
  | 'interval'
  | 'size'
  | 'marker'
  | 'manual'
  | 'hidden'
  | 'pagehide'
  | 'stop'
  | 'rotate'
  | 'idle'
  | 'hold'
  | 'split';

/** Why events never reached the server. */
export type DropReason =
  | 'oversize'
  | 'queue_full'
  | 'retries_exhausted'
  | 'refused'
  | 'conflict'
  | 'held_too_long'
  /** They waited for a reason to be sent, and their page was left. */
  | 'page_left'
  /** What the page gave is no JSON. */
  | 'not_json'
  /** They waited for the network, and the project's privacy is another one since. */
  | 'other_rules';

/** Why less was recorded than happened, on purpose: to spare the page. */
export type ReduceReason =
  | 'mutation_bucket'
  | 'mutation_pause'
  | 'mouse'
  | 'scroll'
  | 'long_tasks'
  /** Recorded before it was known under which rules. */
  | 'other_rules'
  | 'canvas'
  | 'console'
  | 'network';

/** What a replay of these events does not show, told with them. */
export interface Counters {
  /** Lost. */
  dropped: Partial<Record<DropReason, number>>;
  /** Markers beyond the budget. */
  throttled: number;
  /** Thinned on purpose. */
  reduced: Partial<Record<ReduceReason, number>>;
  /** Values that were masked … */
  masked: number;
  /** … of these that could have been: fields and texts. */
  maskable: number;
  /** Images, fonts and style sheets that could not be kept. */
  assetsMissing: number;
  /** The machine slept, or somebody set the clock. */
  clockJumps: number;
}

export function noCounts(): Counters {
  return {
    dropped: {},
    throttled: 0,
    reduced: {},
    masked: 0,
    maskable: 0,
    assetsMissing: 0,
    clockJumps: 0,
  };
}

/** The visit, as every chunk tells it; later values replace earlier ones. */
export interface SessionFacts {
  site: string;
  /** RFC 3339. */
  startedAt: string;
  url: string;
  userAgent: string;
  viewport: { width: number; height: number };
  userId?: string;
  anonymousId?: string;
  org?: string;
  release?: string;
  environment?: string;
  tags?: string[];
  experiment?: Record<string, string>;
  sdkVersion?: string;
}

/** Everything of one flush; events are JSON already, so that their bytes are counted only once. */
export interface Chunk {
  sessionId: string;
  seq: number;
  session: SessionFacts;
  windowId: string;
  reason: FlushReason;
  events: string[];
  markers: Marker[];
  counters: Counters;
  /** The rules under which it was recorded; with other ones in force the receipt brings them. */
  rulesVersion?: number;
}

/** The body as it travels; the same chunk always gives the same bytes, so a repeat is recognised. */
export function chunkBody(chunk: Chunk): string {
  return (
    `{"session":${JSON.stringify(chunk.session)}` +
    `,"windowId":${JSON.stringify(chunk.windowId)}` +
    (chunk.rulesVersion === undefined ? '' : `,"rulesVersion":${chunk.rulesVersion}`) +
    `,"reason":"${chunk.reason}"` +
    `,"events":[${chunk.events.join(',')}]` +
    `,"markers":${JSON.stringify(chunk.markers)}` +
    `,"counters":${JSON.stringify(chunk.counters)}}`
  );
}
