package dev.retrospec.alerts;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.retrospec.issues.IssueView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule posts to a webhook: the contract's body to the letter, and behind it what only rules
 * know.
 */
@JsonPropertyOrder({"event", "trigger", "sentAt", "projectId", "cluster", "alert"})
record RuleHookBody(
    String event,
    String trigger,
    Instant sentAt,
    String projectId,
    AlertBody.Cluster cluster,
    Alert alert) {

  /**
   * @param deliveryId the same when a message comes twice
   * @param url the issue's page, where the server knows its own address
   * @param words what the event itself says, such as a count
   * @param more further issues that this alert is about; {@code others} has the first of them
   * @param digest of what quiet hours held
   * @param report the report card that is ready
   */
  record Alert(
      String deliveryId,
      String ruleId,
      String rule,
      @Nullable String url,
      @Nullable String words,
      int more,
      List<AlertBody.Cluster> others,
      boolean digest,
      boolean test,
      @Nullable Report report) {}

  /** The report card, in the contract's words. */
  record Report(
      String sessionId,
      String symptom,
      String technicalRootCause,
      String suggestedFix,
      double confidence) {}

  static RuleHookBody of(AlertContent content, String deliveryId, Instant now) {
    IssueView issue = content.issue();
    return new RuleHookBody(
        content.event().hookName(),
        content.trigger(),
        now,
        content.project().value(),
        AlertBody.cluster(issue),
        new Alert(
            deliveryId,
            content.ruleId().value(),
            content.ruleName(),
            content.page(issue.key()).orElse(null),
            content.words(),
            content.more(),
            content.others().stream().map(AlertBody::cluster).toList(),
            content.isDigest(),
            content.isTest(),
            content
                .report()
                .map(
                    card ->
                        new Report(
                            card.sessionId().value(),
                            card.symptom(),
                            card.technicalRootCause(),
                            card.suggestedFix(),
                            card.confidence()))
                .orElse(null)));
  }
}
