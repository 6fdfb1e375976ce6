package dev.retrospec.issues.trends;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often an issue was seen lately.
 *
 * @param from the beginning of the first hour
 * @param sessions those that showed it first in that hour, hour by hour, zeros included; the last
 *     hour is not over yet
 * @param releases the most frequent first
 * @param browsers the most frequent first
 * @param newInRelease the project's latest release, when no older one has shown it; else null
 */
public record IssueTrend(
    Instant from,
    List<Integer> sessions,
    List<Part> releases,
    List<Part> browsers,
    @Nullable String newInRelease) {

  public IssueTrend {
    sessions = List.copyOf(sessions);
    releases = List.copyOf(releases);
    browsers = List.copyOf(browsers);
  }

  /**
   * A part of them.
   *
   * @param name empty: the sessions told none
   */
  public record Part(String name, int sessions) {}

  /** In all hours together. */
  public int total() {
    return sessions.stream().mapToInt(Integer::intValue).sum();
  }
}
