package dev.retrospec.inspection;

import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.issues.IssueView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of issues.
 *
 * @param counts how many issues each tab has, whatever else is filtered
 * @param nextCursor gives the following piece; null at the end
 */
public record IssueListView(
    List<Row> rows, Map<Tab, Long> counts, @Nullable String nextCursor, Overview overview) {

  public IssueListView {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /**
   * An issue and its last days.
   *
   * @param newInRelease whether the latest release alone has shown it
   */
  public record Row(IssueView issue, Trend trend, boolean newInRelease) {}

  /**
   * What a project looks like at a glance; "recent" is the last 24 hours.
   *
   * @param everRecorded whether any session is stored at all
   * @param latestRelease null while fewer than two were seen: nothing is new in the only one
   */
  public record Overview(
      boolean everRecorded,
      int recentSessions,
      int recentSessionsBefore,
      int recentFailingSessions,
      int recentFailingSessionsBefore,
      int recentIssues,
      int recentIssuesBefore,
      @Nullable String latestRelease) {}
}
