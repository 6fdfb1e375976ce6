import type { Undo } from '../tools/undo';

/** `leave` takes off the page what watches it while there may be a recording. */
export type ClientState =
  | { kind: 'idle' }
  /** What was gathered is on its way; then it is idle. */
  | { kind: 'stopping' }
  | { kind: 'recording'; leave: Undo }
  /** By the page's wish, or until the rules allow it. */
  | { kind: 'paused'; leave: Undo }
  /** Nobody is there. */
  | { kind: 'dormant'; leave: Undo }
  /** The server does not want this session, the project not this visit, or the visitor neither. */
  | { kind: 'refused'; why: string };
