export type MarkerKind = 'validation_failed' | 'api_error' | 'js_exception' | 'ui_no_effect';

export type MarkerSubkind =
  | 'uncaught'
  | 'unhandled_rejection'
  | 'console_error'
  | 'http_status'
  | 'network_failure'
  | 'rage_click'
  | 'form_blocked'
  | 'reload_loop';

/** What a detector has seen; id and offset are given when it is accepted. */
export interface Sighting {
  kind: MarkerKind;
  subkind: MarkerSubkind;
  /** One line for people; also a hint for grouping. */
  label: string;
  evidence?: string;
  error?: { type: string; message: string; stack?: string };
  request?: { method: string; url: string; status: number; durationMs: number };
  element?: { selector: string; text?: string };
}

/** A marker as it travels. */
export interface Marker extends Sighting {
  id: string;
  /** Milliseconds since the session's first event. */
  replayOffsetMs: number;
}

export type OnSighting = (sighting: Sighting) => void;
