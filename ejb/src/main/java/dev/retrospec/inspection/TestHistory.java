package dev.retrospec.inspection;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.List;

/** The last results of one test over all branches, newest first. */
public record TestHistory(List<Result> results) {

  /** How far back a page looks; more would be too narrow to see. */
  static final int LENGTH = 20;

  static final TestHistory NONE = new TestHistory(List.of());

  /** What one run said of the test. */
  public record Result(
      TestRunId testRunId, String status, String branch, String commitHash, Instant createdAt) {}

  public TestHistory {
    results = List.copyOf(results);
  }

  public long count(String status) {
    return results.stream().filter(result -> result.status().equals(status)).count();
  }

  /** Failures and errors. */
  public long red() {
    return count("failed") + count("error");
  }
}
