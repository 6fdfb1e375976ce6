package dev.retrospec.inspection;

import java.util.List;
import java.util.Map;

/**
 * The list of issues.
 *
 * @param counts how many issues each tab has, whatever else is filtered
 * @param hasMore whether there is a page after this one
 */
public record IssueListView(
    List<Row> rows, Map<IssueTab, Integer> counts, boolean hasMore, Overview overview) {

  public IssueListView {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /** An issue and its last days. */
  public record Row(IssueLine issue, Trend trend) {}

  /**
   * What a project looks like at a glance; "recent" is the last 24 hours.
   *
   * @param everRecorded whether any session is stored at all
   */
  public record Overview(
      boolean everRecorded,
      int recentSessions,
      int recentSessionsBefore,
      int recentFailingSessions,
      int recentFailingSessionsBefore,
      int recentIssues,
      int recentIssuesBefore) {}
}
