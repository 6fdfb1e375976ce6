package dev.retrospec.reports;

import dev.retrospec.platform.failure.InvalidRequest;

/**
 * A sentence and the moment of the replay that shows it.
 *
 * @param atMs milliseconds since the session's start, 0 or more
 */
public record Evidence(long atMs, String text) {

  public Evidence {
    if (atMs < 0) {
      throw new InvalidRequest("atMs must be 0 or more");
    }
  }
}
