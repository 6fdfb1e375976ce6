package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.projects.Project;
import dev.retrospec.projects.Projects;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** An issue of an alert as it is now, with the alert as it reads when it is headed by it. */
  private record Told(RuleAlert alert, IssueView issue) {}

  /**
   * Of its issues those that are still open, headed by the first of them; all of them, as it was
   * decided, when none is open any more. Empty when none is there any more.
   */
  Optional<AlertContent> of(RuleAlert alert) {
    List<Told> there = there(alert);
    List<Told> open = there.stream().filter(told -> isOpen(told.issue())).toList();
    List<Told> said = open.isEmpty() ? there : open;
    return said.stream().findFirst().map(lead -> content(lead, said));
  }

  /** Whether people want to hear of an issue in its state. */
  static boolean isOpen(IssueView issue) {
    return issue.state() != TriageState.RESOLVED && issue.state() != TriageState.MUTED;
  }

  /** What a change of its message is about; empty when that issue is no longer there. */
  Optional<AlertChange> change(RuleAlert alert, StoredDelivery update) {
    return issues
        .find(alert.projectId(), update.changedIssue().orElse(alert.clusterKey()))
        .map(issue -> new AlertChange(update.change(), issue, alert.more() > 0));
  }

  private List<Told> there(RuleAlert alert) {
    if (alert.isTest()) {
      return List.of(new Told(alert, SampleIssue.of(alert.projectId(), alert.createdAt())));
    }
    Stream<RuleAlert> others =
        alert.more() == 0
            ? Stream.of()
            : events.others(alert.projectId(), alert.id(), alert.clusterKey()).stream()
                .map(alert::headedBy);
    List<RuleAlert> all = Stream.concat(Stream.of(alert), others).toList();
    Map<ClusterKey, IssueView> found =
        issues.find(alert.projectId(), all.stream().map(RuleAlert::clusterKey).toList());
    Map<ClusterKey, Told> there = new LinkedHashMap<>(); // merged meanwhile, two are one
    for (RuleAlert one : all) {
      IssueView issue = found.get(one.clusterKey());
      if (issue != null) {
        there.putIfAbsent(issue.key(), new Told(one, issue));
      }
    }
    return List.copyOf(there.values());
  }

  private AlertContent content(Told lead, List<Told> said) {
    RuleAlert alert = lead.alert();
    return new AlertContent(
        alert.projectId(),
        projects.find(alert.projectId()).map(Project::name).orElse(alert.projectId().value()),
        alert.ruleId(),
        alert.ruleName(),
        alert.event(),
        alert.trigger(),
        lead.issue(),
        said.stream().skip(1).limit(MAX_OTHERS).map(Told::issue).toList(),
        said.size() - 1,
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
