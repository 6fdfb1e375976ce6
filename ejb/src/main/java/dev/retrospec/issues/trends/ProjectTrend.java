package dev.retrospec.issues.trends;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many failures a project has had lately. A session counts once for each failure that it shows,
 * in the hour in which it showed it first.
 *
 * @param from the beginning of the first hour
 * @param sessions hour by hour, zeros included; the last hour is not over yet
 * @param series the most frequent parts of them, at most {@link ProjectTrends#MAX_SERIES}, the most
 *     frequent first
 */
public record ProjectTrend(Instant from, List<Integer> sessions, List<Series> series) {

  public ProjectTrend {
    sessions = List.copyOf(sessions);
    series = List.copyOf(series);
  }

  /**
   * A part of them.
   *
   * @param name a kind's in JSON, a release or a browser; empty: the sessions told none
   * @param sessions hour by hour
   */
  public record Series(String name, List<Integer> sessions) {

    public Series {
      sessions = List.copyOf(sessions);
    }

    /** In all hours together. */
    public int total() {
      return sum(sessions);
    }
  }

  /** In all hours together. */
  public int total() {
    return sum(sessions);
  }

  /** Hour by hour, what is in no series. */
  public List<Integer> rest() {
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      int left = sessions.get(i);
      for (Series one : series) {
        left -= one.sessions().get(i);
      }
      rest.add(left);
    }
    return rest;
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }
}
