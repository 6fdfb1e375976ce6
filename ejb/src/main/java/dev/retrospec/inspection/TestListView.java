package dev.retrospec.inspection;

import dev.retrospec.inspection.TestListFilter.Tab;
import dev.retrospec.inspection.TestPageView.TestCase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a project's tests.
 *
 * @param counts how many tests each tab has
 * @param nextCursor gives the following piece; null at the end
 */
public record TestListView(List<Row> rows, Map<Tab, Long> counts, @Nullable String nextCursor) {

  public TestListView {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /**
   * One test.
   *
   * @param history its last results; none when it did not run lately
   */
  public record Row(TestCase test, TestHistory history) {

    /** What its last run said; null when it did not run lately. */
    public @Nullable String lastResult() {
      return history.results().isEmpty() ? null : history.results().get(0).status();
    }
  }
}
