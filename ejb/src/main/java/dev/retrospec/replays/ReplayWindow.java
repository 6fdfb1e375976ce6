package dev.retrospec.replays;

import dev.retrospec.platform.failure.InvalidRequest;

/**
 * A piece of the session worth watching.
 *
 * @param startMs milliseconds since the session's start, 0 or more
 * @param endMs not before {@code startMs}
 */
public record ReplayWindow(long startMs, long endMs) {

  public ReplayWindow {
    if (startMs < 0 || endMs < startMs) {
      throw new InvalidRequest("a window must have 0 <= startMs <= endMs");
    }
  }
}
