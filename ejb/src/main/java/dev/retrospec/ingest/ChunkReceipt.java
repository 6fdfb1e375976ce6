package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.SessionId;

/** What became of a chunk. */
public sealed interface ChunkReceipt {

  /**
   * It is stored and will survive a crash.
   *
   * @param events how many events it held
   */
  record Accepted(SessionId sessionId, ChunkNumber seq, int events) implements ChunkReceipt {}

  /** The same chunk had been stored before: nothing changed. */
  record Repeated(SessionId sessionId, ChunkNumber seq) implements ChunkReceipt {}

  /** Its number is taken by other content: nothing changed. */
  record Conflicting(SessionId sessionId, ChunkNumber seq) implements ChunkReceipt {}
}
