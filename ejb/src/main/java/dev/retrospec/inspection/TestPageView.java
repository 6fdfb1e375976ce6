package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test over all runs.
 *
 * @param lines the newest first
 * @param hasMore whether the limit cut them
 * @param branches on which it ran lately
 */
public record TestPageView(
    TestCase test, List<Line> lines, boolean hasMore, List<String> branches) {

  /** Enough to see a habit. */
  public static final int LENGTH = 100;

  public TestPageView {
    lines = List.copyOf(lines);
    branches = List.copyOf(branches);
  }

  /**
   * A test of the catalogue.
   *
   * @param runs in which it was listed and not skipped
   * @param failures of these red, flaky ones included
   * @param flaky of these red and green on one commit
   * @param failureRate 0 to 1, the latest runs counting most
   * @param meanDurationMs the latest runs counting most; null when nobody told
   */
  public record TestCase(
      long id,
      String suite,
      String name,
      @Nullable String file,
      Instant firstSeen,
      Instant lastSeen,
      long runs,
      long failures,
      long flaky,
      double failureRate,
      @Nullable Long meanDurationMs) {

    /** Of its red runs the share that was flaky, 0 to 1. */
    public double flakyShare() {
      return failures == 0 ? 0 : Math.min(1, (double) flaky / failures);
    }
  }

  /** What one run said of it. */
  public record Line(
      TestRunId testRunId,
      String status,
      @Nullable Long durationMs,
      String branch,
      String commitHash,
      String author,
      Instant createdAt,
      @Nullable String errorMessage,
      @Nullable PatternId patternId) {

    public String shortCommit() {
      return RunLine.shortOf(commitHash);
    }
  }

  /** The same results as a strip. */
  public TestHistory history() {
    return new TestHistory(
        lines.stream()
            .map(
                line ->
                    new TestHistory.Result(
                        line.testRunId(),
                        line.status(),
                        line.branch(),
                        line.commitHash(),
                        line.createdAt()))
            .toList());
  }

  /** How long it took, in milliseconds, oldest first; what is not known is left out. */
  public List<Integer> durations() {
    List<Integer> durations = new ArrayList<>();
    for (Line line : lines) {
      if (line.durationMs() != null) {
        durations.add(0, (int) Math.min(Integer.MAX_VALUE, line.durationMs()));
      }
    }
    return durations;
  }
}
