package dev.retrospec.inspection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a run its page shows.
 *
 * @param failures at most, 1 to {@value #MAX_FAILURES}
 * @param result only tests with this result; null for all
 * @param test part of the name of the tests to list; null for all
 */
public record RunPageFilter(int failures, @Nullable String result, @Nullable String test) {

  /** So many are read at a glance; a build that broke everything has thousands. */
  public static final int DEFAULT_FAILURES = 20;

  public static final int MAX_FAILURES = 200;

  public static final List<String> RESULTS =
      List.of("failed", "error", "flaky", "passed", "skipped");

  public RunPageFilter {
    failures = Math.min(MAX_FAILURES, Math.max(1, failures));
  }
}
