package dev.retrospec.inspection;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.PatternView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pattern with everything its page shows.
 *
 * @param occurrences the newest first
 * @param hasMoreOccurrences whether the limit cut them
 * @param issues the failures of production that are this one
 */
public record PatternPageView(
    PatternView pattern,
    DailyCounts days,
    List<TestShare> tests,
    List<OccurrenceLine> occurrences,
    boolean hasMoreOccurrences,
    List<ProductionIssue> issues) {

  public PatternPageView {
    tests = List.copyOf(tests);
    occurrences = List.copyOf(occurrences);
    issues = List.copyOf(issues);
  }

  /** A test that fails this way, and how often. */
  public record TestShare(String testName, @Nullable Long testCaseId, int occurrences) {}

  /**
   * One time that it was seen.
   *
   * @param similarity with what the pattern had been, 0 to 1
   * @param prNumber null when the run is no longer stored, or had none
   * @param isStored whether the run still is
   */
  public record OccurrenceLine(
      TestRunId testRunId,
      String testName,
      String commitHash,
      String branch,
      String author,
      double similarity,
      Instant seenAt,
      boolean isStored,
      @Nullable Integer prNumber) {

    public String shortCommit() {
      return RunLine.shortOf(commitHash);
    }
  }
}
