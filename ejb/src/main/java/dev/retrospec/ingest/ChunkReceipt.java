package dev.retrospec.ingest;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.SessionId;
import dev.retrospec.projects.RecorderRules;
import org.jspecify.annotations.Nullable;

/** What became of a chunk. */
public sealed interface ChunkReceipt {

  /**
   * It is stored and will survive a crash.
   *
   * @param events how many events it held
   * @param rules to be followed from now on; null when the recorder has them already or did not say
   */
  record Accepted(SessionId sessionId, ChunkNumber seq, int events, @Nullable RecorderRules rules)
      implements ChunkReceipt {}

  /** The same chunk had been stored before: nothing changed. */
  record Repeated(SessionId sessionId, ChunkNumber seq, @Nullable RecorderRules rules)
      implements ChunkReceipt {}

  /** Its number is taken by other content: nothing changed. */
  record Conflicting(SessionId sessionId, ChunkNumber seq) implements ChunkReceipt {}
}
