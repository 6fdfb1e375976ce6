package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.RunFilter.Tab;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of test runs.
 *
 * @param counts how many runs each tab has, whatever else is filtered
 * @param nextCursor gives the following piece; null at the end
 * @param branches the ones that ran lately, for the filter
 */
public record RunListView(
    List<Row> rows, Map<Tab, Long> counts, @Nullable String nextCursor, List<String> branches) {

  public RunListView {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
    branches = List.copyOf(branches);
  }

  /** Whether any run is stored at all. */
  public boolean everRan() {
    return counts.getOrDefault(Tab.ALL, 0L) > 0;
  }

  /**
   * A run and why it is red.
   *
   * @param reason null when nothing failed
   * @param match the failure seen before that resembles it most; null when none does
   */
  public record Row(RunLine run, @Nullable Reason reason, @Nullable Match match) {}

  /**
   * The first failure of a run, a new one before others.
   *
   * @param failures how many there are
   * @param newFailures how many the base branch does not have
   */
  public record Reason(
      TestRunId testRunId,
      String testName,
      @Nullable String errorType,
      String errorMessage,
      int failures,
      int newFailures) {}

  /** A pattern that one of the run's failures resembles. */
  public record Match(
      TestRunId testRunId, PatternId patternId, double similarity, String summary) {}
}
