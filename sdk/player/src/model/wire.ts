/** What the server answers, to the letter. Times are RFC 3339 in UTC with milliseconds. */

export interface WireChunk {
  readonly seq: number;
  readonly windowId: string;
  readonly firstEventAt: string;
  readonly lastEventAt: string;
  readonly events: number;
  readonly bytes: number;
  readonly hasFullSnapshot: boolean;
  /** Why the browser cut it here; null when it did not say. */
  readonly reason?: string | null;
}

export interface WireMarker {
  readonly id: string;
  readonly kind: string;
  readonly subkind?: string | null;
  readonly clusterKey?: string | null;
  readonly label: string;
  readonly evidence?: string | null;
  readonly replayOffsetMs: number;
  readonly observedAt?: string | null;
}

export interface WireGap {
  readonly windowId?: string | null;
  readonly afterSeq?: number | null;
  readonly beforeSeq?: number | null;
  readonly from: string;
  readonly to: string;
  readonly reason?: string | null;
}

/** A picture or font that is kept: its address in the recording, and its content's hash. */
export interface WireAsset {
  readonly url: string;
  readonly sha256: string;
}

/** What the customer's server threw behind an answer that a page of the session got. */
export interface WireServerError {
  readonly correlationId: string;
  readonly at: string;
  readonly method?: string | null;
  readonly path?: string | null;
  readonly type: string;
  readonly message?: string | null;
  readonly stack: string;
}

/** What somebody wrote at a moment of the session. */
export interface WireNote {
  readonly id: string;
  readonly atMs: number;
  readonly text: string;
  readonly author: string;
  readonly createdAt: string;
}

export interface WireReportCard {
  readonly status: string;
  readonly symptom?: string | null;
  readonly technicalRootCause?: string | null;
  readonly suggestedFix?: string | null;
  readonly textSummary?: string | null;
  readonly visualSummary?: string | null;
  readonly confidence?: number | null;
  readonly evidence?: readonly { readonly atMs: number; readonly text: string }[] | null;
}

export interface WireManifest {
  readonly sessionId: string;
  readonly projectId: string;
  readonly site?: string | null;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt?: string | null;
  readonly durationMs?: number | null;
  readonly viewport?: { readonly width: number; readonly height: number } | null;
  readonly user?: { readonly id?: string | null; readonly anonymousId?: string | null } | null;
  readonly userAgent?: string | null;
  readonly chunks?: readonly WireChunk[] | null;
  readonly markers?: readonly WireMarker[] | null;
  readonly gaps?: readonly WireGap[] | null;
  readonly pages?: readonly { readonly at: string; readonly url: string }[] | null;
  readonly idlePeriods?: readonly { readonly from: string; readonly to: string }[] | null;
  readonly completeness?: {
    readonly chunksExpected?: number | null;
    readonly chunksReceived?: number | null;
    readonly chunksOmitted?: number | null;
    readonly dropped?: Readonly<Record<string, number>> | null;
    readonly throttled?: number | null;
    readonly reduced?: Readonly<Record<string, number>> | null;
    readonly masked?: number | null;
    readonly maskable?: number | null;
    readonly assetsMissing?: number | null;
    readonly clockJumps?: number | null;
    readonly complete?: boolean | null;
  } | null;
  readonly serverErrors?: readonly WireServerError[] | null;
  readonly assets?: readonly WireAsset[] | null;
  readonly notes?: readonly WireNote[] | null;
  readonly reportCard?: WireReportCard | null;
}

export interface WireTimelineEvent {
  readonly at: string;
  readonly kind: string;
  readonly level?: string | null;
  readonly text?: string | null;
  readonly data?: unknown;
}
