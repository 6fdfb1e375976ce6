package dev.retrospec.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double and never fall together: after attempt n the pause is {@code base · 2^(n−1)},
 * at most {@link #MAX_PAUSE}, times a random factor between 0.8 and 1.2.
 */
final class RetryPolicy {

  /** Beyond this, waiting longer helps nobody. */
  static final Duration MAX_PAUSE = Duration.ofMinutes(10);

  /** Jobs that failed together because one thing was away must not come back together. */
  private static final double JITTER = 0.2;

  private static final int MAX_DOUBLINGS = 30;

  private RetryPolicy() {}

  static Duration pauseAfter(int attempt, Duration base, RandomGenerator random) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, MAX_DOUBLINGS);
    double millis = Math.min(base.toMillis() * (double) (1L << doublings), MAX_PAUSE.toMillis());
    return Duration.ofMillis(Math.round(millis * (1 - JITTER + 2 * JITTER * random.nextDouble())));
  }
}
