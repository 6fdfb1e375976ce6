package dev.retrospec.inspection;

import dev.retrospec.patterns.PatternFilter;
import dev.retrospec.patterns.PatternView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of patterns.
 *
 * @param counts how many patterns each decision has, {@link PatternFilter#UNDECIDED} among them
 * @param nextCursor gives the following piece; null at the end
 */
public record PatternListView(
    List<Row> rows, Map<String, Long> counts, @Nullable String nextCursor) {

  public PatternListView {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /** How many patterns there are. */
  public long all() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * A pattern and its last days.
   *
   * @param similarity to what was searched for, 0 to 1; null when nothing was
   * @param issue of production that is the same failure; null when none is known
   */
  public record Row(
      PatternView pattern,
      DailyCounts days,
      @Nullable Double similarity,
      @Nullable ProductionIssue issue) {}
}
