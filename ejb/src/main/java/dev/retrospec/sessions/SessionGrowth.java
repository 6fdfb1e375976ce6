package dev.retrospec.sessions;

import dev.retrospec.ids.ChunkNumber;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of recording adds to a session's sums. Negative where a piece replaces a larger
 * one.
 *
 * @param number of the chunk that came; null when none did
 * @param parting whether its window said goodbye with it
 */
public record SessionGrowth(
    int chunks,
    long events,
    long storedBytes,
    @Nullable ChunkNumber number,
    boolean parting,
    RecorderCounts counts) {

  /** A report about a session that brings no recording. */
  public static final SessionGrowth NONE =
      new SessionGrowth(0, 0, 0, null, false, RecorderCounts.NONE);
}
