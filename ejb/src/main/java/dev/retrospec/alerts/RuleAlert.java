package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rule decided to tell: one message to each of its channels.
 *
 * @param clusterKey the issue that it is about first
 * @param more further issues
 * @param isDigest of what quiet hours held
 */
record RuleAlert(
    ProjectId projectId,
    AlertId id,
    AlertRuleId ruleId,
    String ruleName,
    RuleEvent event,
    ClusterKey clusterKey,
    @Nullable SessionId sessionId,
    String trigger,
    @Nullable String words,
    int more,
    boolean isDigest,
    boolean isTest,
    Instant createdAt) {

  static RuleAlert about(
      AlertRule rule, HeldEvent lead, ClusterKey key, int more, boolean isDigest, Instant now) {
    return new RuleAlert(
        rule.projectId(),
        AlertId.mint(),
        rule.id(),
        rule.name(),
        lead.event(),
        key,
        lead.sessionId(),
        lead.trigger(),
        lead.words(),
        more,
        isDigest,
        false,
        now);
  }

  /** The same, about another one of its issues first. */
  RuleAlert headedBy(HeldEvent other) {
    return new RuleAlert(
        projectId,
        id,
        ruleId,
        ruleName,
        other.event(),
        other.clusterKey(),
        other.sessionId(),
        other.trigger(),
        other.words(),
        more,
        isDigest,
        isTest,
        createdAt);
  }

  static RuleAlert test(AlertRule rule, Instant now) {
    return new RuleAlert(
        rule.projectId(),
        AlertId.mint(),
        rule.id(),
        rule.name(),
        rule.settings().events().stream().sorted().findFirst().orElse(RuleEvent.NEW_ISSUE),
        SampleIssue.KEY,
        null,
        "manual",
        null,
        0,
        false,
        true,
        now);
  }
}
