package dev.retrospec.recordings;

import org.jspecify.annotations.Nullable;

/**
 * A chunk that the streaming pass has accepted.
 *
 * @param windowId the tab or frame that it was recorded in
 * @param reason why the recorder cut it here
 * @param sha256 of the body as the client sent it, decompressed: tells a repeat from a conflict
 */
public record NewChunk(
    String windowId, @Nullable String reason, byte[] sha256, EncodedEvents events) {

  /** The recorder's reason for its last chunk. */
  public static final String STOP = "stop";

  /** Whether the window closed, or stopped to record, after this chunk. */
  public boolean isParting() {
    return "pagehide".equals(reason) || STOP.equals(reason);
  }
}
