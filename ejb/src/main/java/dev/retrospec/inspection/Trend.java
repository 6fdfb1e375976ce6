package dev.retrospec.inspection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many sessions showed an issue for the first time in each of {@value #BUCKETS} equal stretches
 * of time, oldest first.
 */
public record Trend(List<Integer> sessions) {

  public static final int BUCKETS = 28;
  static final Duration BUCKET = Duration.ofHours(6);

  /** What all buckets cover together. */
  public static final Duration WINDOW = BUCKET.multipliedBy(BUCKETS);

  public Trend {
    sessions = List.copyOf(sessions);
  }

  static Instant beginningOf(Instant now) {
    return now.minus(WINDOW);
  }

  public int total() {
    return sessions.stream().mapToInt(Integer::intValue).sum();
  }
}
