package dev.retrospec.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.issues.IssueView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The webhook's body, in the contract's shape. */
record AlertBody(String event, String trigger, Instant sentAt, String projectId, Cluster cluster) {

  /**
   * The issue as it is when the alert is sent.
   *
   * @param representativeSessionId null once its session has expired
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Cluster(
      String key,
      String symptom,
      int sessionCount,
      int userCount,
      double confidence,
      Instant lastSeenAt,
      @Nullable String representativeSessionId,
      String state,
      String assignee) {}

  static AlertBody of(AlertEvent alert, IssueView issue, Instant now) {
    return new AlertBody(
        alert.event(), alert.trigger(), now, alert.projectId().value(), cluster(issue));
  }

  /** An issue in the contract's shape. */
  static Cluster cluster(IssueView issue) {
    return new Cluster(
        issue.key().value(),
        issue.symptom(),
        issue.sessionCount(),
        issue.userCount(),
        issue.confidence(),
        issue.lastSeenAt(),
        issue.representativeSessionId() == null ? null : issue.representativeSessionId().value(),
        issue.state().wireName(),
        issue.assignee());
  }
}
