package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueView;
import dev.retrospec.reports.ReportCardView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says, whatever the channel makes of it.
 *
 * @param projectName as people call it
 * @param issue the one that it is about first, as it is now
 * @param others the first of the further issues
 * @param more how many further issues there are
 * @param words what the event itself says, such as a count
 * @param report the card that is ready
 * @param isDigest of what quiet hours held
 * @param decidedAt when the rule decided to tell
 * @param publicUrl where people reach RetroSpec, without a slash at its end
 */
public record AlertContent(
    ProjectId project,
    String projectName,
    AlertRuleId ruleId,
    String ruleName,
    RuleEvent event,
    String trigger,
    IssueView issue,
    List<IssueView> others,
    int more,
    @Nullable String words,
    Optional<ReportCardView> report,
    boolean isDigest,
    boolean isTest,
    Instant decidedAt,
    Optional<String> publicUrl) {

  /** An issue's page. */
  public Optional<String> page(ClusterKey key) {
    return page("issues", key.value());
  }

  /** A session's page, which shows its replay. */
  public Optional<String> page(SessionId session) {
    return page("sessions", session.value());
  }

  private Optional<String> page(String list, String id) {
    return publicUrl.map(
        url ->
            "%s/admin/%s/%s?project=%s"
                .formatted(url, list, encoded(id), encoded(project.value())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
