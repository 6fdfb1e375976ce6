import type { Chunk, DropReason } from '../domain/chunks/chunk';
import type { Cut } from '../domain/chunks/cut-chunk';
import type { Encoded } from './gzip';
import type { Send } from './sender';

export interface UploaderListener {
  /** @param events of the chunk that are lost and that it does not count itself */
  onDropped(reason: DropReason, chunk: Chunk, events: number): void;
  /** The server sent new rules with a receipt. */
  onRules(rules: unknown): void;
  /** Nothing more can be sent: the session is not wanted, or the key is not. */
  onRefused(why: 'gone' | 'unauthorized'): void;
}

export interface UploaderParts {
  encode(text: string): Promise<Encoded>;
  encodeNow(text: string): Encoded;
  send: Send;
  /** Last resort of a browser without keepalive; true when it took the chunk over. */
  sendBeacon(chunk: Chunk, text: string): boolean;
  canKeepAlive: boolean;
  /** Bytes that a request which outlives the page may still carry. */
  keepaliveFree(): number;
  /**
   * Writes down what may not arrive before the page is gone; false where that cannot be done.
   *
   * @param lost it could not be done after all; perhaps told twice
   */
  keep(chunks: readonly Chunk[], lost: () => void): boolean;
  /** It has arrived, or will never. */
  unkeep(chunk: Chunk): void;
  /** Nothing of this chunk's session is kept any more. */
  forget(chunk: Chunk): void;
  /** What was written down, by this page or an earlier one; the oldest first. */
  kept(): Promise<readonly Chunk[]>;
  /** Of a chunk that is too large: smaller ones with what can be saved of it. */
  cut(chunk: Chunk): Cut;
  isOffline(): boolean;
  /** Whether it is of the session that is being recorded. */
  isCurrent(chunk: Chunk): boolean;
  /** A number for a further chunk of this one's session; undefined when that session is over. */
  nextSeq(chunk: Chunk): number | undefined;
  /** Another tab has the same numbers; from here on `nextSeq` gives others, if it answers true. */
  leaveSlot(chunk: Chunk): boolean;
}
