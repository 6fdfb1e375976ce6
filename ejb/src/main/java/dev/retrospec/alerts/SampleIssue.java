package dev.retrospec.alerts;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.sessions.MarkerKind;
import java.time.Instant;

/** What a test message is about: an issue that there is not, so that nobody's data is sent. */
final class SampleIssue {

  static final ClusterKey KEY = new ClusterKey("example");

  private SampleIssue() {}

  static IssueView of(ProjectId project, Instant now) {
    return new IssueView(
        project,
        KEY,
        "Example: POST /api/pay 502",
        2,
        2,
        null,
        0.66,
        now,
        now,
        TriageState.OPEN,
        "",
        null,
        "",
        null,
        MarkerKind.API_ERROR,
        "/checkout",
        3,
        null,
        now,
        now,
        null,
        null,
        1,
        null,
        null);
  }
}
