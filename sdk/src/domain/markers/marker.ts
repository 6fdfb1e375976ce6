import type { ErrorFacts } from './error-facts';

export const MARKER_KINDS = [
  'validation_failed',
  'api_error',
  'js_exception',
  'ui_no_effect',
] as const;

export type MarkerKind = (typeof MARKER_KINDS)[number];

export const MARKER_SUBKINDS = [
  'uncaught',
  'unhandled_rejection',
  'console_error',
  'reported',
  'http_status',
  'network_failure',
  'slow_request',
  'failed_resource',
  'app_crash',
  'error_click',
  'rage_click',
  'dead_click',
  'form_blocked',
  'reload_loop',
  'faces_error',
  'view_expired',
  'faces_answer',
  'faces_message',
  'graphql_error',
] as const;

export type MarkerSubkind = (typeof MARKER_SUBKINDS)[number];

/** What a detector has seen; id and offset are given when it is accepted. */
export interface Sighting {
  kind: MarkerKind;
  subkind: MarkerSubkind;
  /** One line for people; also a hint for grouping. */
  label: string;
  evidence?: string;
  error?: ErrorFacts;
  request?: {
    method: string;
    url: string;
    status: number;
    durationMs: number;
    /** Joins the failure with what the server wrote about it. */
    correlationId?: string;
  };
  /** By what the page itself groups it. */
  fingerprint?: string[];
  element?: { selector: string; text?: string };
}

/** A marker that was accepted, before it is known when its session began. */
export interface SeenMarker extends Sighting {
  id: string;
  /** Epoch milliseconds. */
  atMs: number;
}

/** A marker as it travels. */
export interface Marker extends Sighting {
  id: string;
  /** Milliseconds since the session's first event. */
  replayOffsetMs: number;
}

export type OnSighting = (sighting: Sighting) => void;
