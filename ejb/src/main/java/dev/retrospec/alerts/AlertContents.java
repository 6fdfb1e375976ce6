package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.projects.Project;
import dev.retrospec.projects.Projects;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** What alerts say, with their issues as they are now. In the caller's transaction. */
@ApplicationScoped
public class AlertContents {

  /** More are behind the link. */
  static final int MAX_OTHERS = 5;

  private final RuleEvents events;
  private final IssueQueries issues;
  private final ReportCards cards;
  private final Projects projects;
  private final NotificationConfig config;

  @Inject
  public AlertContents(
      RuleEvents events,
      IssueQueries issues,
      ReportCards cards,
      Projects projects,
      NotificationConfig config) {
    this.events = events;
    this.issues = issues;
    this.cards = cards;
    this.projects = projects;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertContents() {
    this(null, null, null, null, null);
  }

  /** Empty when the issue is no longer there. */
  Optional<AlertContent> of(RuleAlert alert) {
    Optional<IssueView> issue =
        alert.isTest()
            ? Optional.of(SampleIssue.of(alert.projectId(), alert.createdAt()))
            : issues.find(alert.projectId(), alert.clusterKey());
    return issue.map(lead -> content(alert, lead));
  }

  private AlertContent content(RuleAlert alert, IssueView lead) {
    List<IssueView> others =
        alert.more() == 0
            ? List.of()
            : events.others(alert.projectId(), alert.id(), alert.clusterKey(), MAX_OTHERS).stream()
                .flatMap(key -> issues.find(alert.projectId(), key).stream())
                .toList();
    return new AlertContent(
        alert.projectId(),
        projects.find(alert.projectId()).map(Project::name).orElse(alert.projectId().value()),
        alert.ruleId(),
        alert.ruleName(),
        alert.event(),
        alert.trigger(),
        lead,
        others,
        alert.more(),
        alert.words(),
        report(alert),
        alert.isDigest(),
        alert.isTest(),
        alert.createdAt(),
        config.publicUrl());
  }

  private Optional<ReportCardView> report(RuleAlert alert) {
    return alert.event() != RuleEvent.REPORT_READY || alert.sessionId() == null
        ? Optional.empty()
        : cards.find(alert.projectId(), alert.sessionId());
  }
}
