package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.IssueView;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.reports.ReportCardReady;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down for rules what happened, in the transaction in which it did: one statement, and a job
 * for each rule that asks. What is made of it is decided there ({@link AlertRelease}), so that no
 * visitor's request waits for a rule.
 *
 * <p>Each event has a key that every node computes alike; a second row with it is not written.
 */
@ApplicationScoped
public class RuleAlerts {

  private final RuleEvents events;
  private final AlertDeliveries deliveries;
  private final IssueSightings sightings;
  private final IssueQueries issues;
  private final ReportCards cards;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public RuleAlerts(
      RuleEvents events,
      AlertDeliveries deliveries,
      IssueSightings sightings,
      IssueQueries issues,
      ReportCards cards,
      JobQueue jobs,
      Clock clock) {
    this.events = events;
    this.deliveries = deliveries;
    this.sightings = sightings;
    this.issues = issues;
    this.cards = cards;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RuleAlerts() {
    this(null, null, null, null, null, null, null);
  }

  void promoted(@Observes IssuePromoted event) {
    happened(
        event.projectId(),
        RuleEvent.NEW_ISSUE,
        event.key(),
        event.key().value(),
        event.trigger().wireName(),
        null);
  }

  void regressed(@Observes IssueRegressed event) {
    String moment = moment(event.projectId(), event.key());
    happened(
        event.projectId(),
        RuleEvent.REGRESSED,
        event.key(),
        event.key().value() + "|" + moment,
        event.trigger().wireName(),
        null);
    change(event.projectId(), event.key(), "regressed|" + moment);
  }

  void escalated(@Observes IssueEscalated event) {
    String moment = moment(event.projectId(), event.key());
    happened(
        event.projectId(),
        RuleEvent.ESCALATING,
        event.key(),
        event.key().value() + "|" + moment,
        "timer",
        String.format(
            Locale.ROOT,
            "%d sessions within an hour, where %.1f are usual",
            event.sessionsLastHour(),
            event.usualPerHour()));
    change(event.projectId(), event.key(), "escalating|" + moment);
  }

  void resolved(@Observes IssueResolved event) {
    change(event.projectId(), event.key(), "resolved|" + moment(event.projectId(), event.key()));
  }

  void reported(@Observes ReportCardReady event) {
    if (event.status() != ReportStatus.READY) {
      return;
    }
    explained(event.projectId(), event.sessionId())
        .ifPresent(
            key ->
                happened(
                    event.projectId(),
                    new HeldEvent(
                        eventKey(
                            RuleEvent.REPORT_READY, event.sessionId().value() + "|" + key.value()),
                        RuleEvent.REPORT_READY,
                        key,
                        event.sessionId(),
                        "analysis",
                        null,
                        null,
                        clock.instant()),
                    null));
  }

  /** The issue that the session's card explains; one that does not say so explains the only one. */
  private Optional<ClusterKey> explained(ProjectId project, SessionId session) {
    return cards
        .issueOf(project, session)
        .or(() -> onlyOne(sightings.issuesOf(project, session)))
        .flatMap(key -> issues.find(project, key))
        .map(IssueView::key);
  }

  private static Optional<ClusterKey> onlyOne(List<ClusterKey> shown) {
    return shown.size() == 1 ? Optional.of(shown.get(0)) : Optional.empty();
  }

  /** A threshold of a rule was crossed. */
  void crossed(
      ProjectId project, AlertRuleId rule, ClusterKey key, long windowNumber, String words) {
    happened(
        project,
        new HeldEvent(
            new CrossingKey(windowNumber).of(key),
            RuleEvent.THRESHOLD,
            key,
            null,
            "timer",
            words,
            null,
            clock.instant()),
        rule);
  }

  private void happened(
      ProjectId project,
      RuleEvent event,
      ClusterKey key,
      String distinguishing,
      String trigger,
      @Nullable String words) {
    happened(
        project,
        new HeldEvent(
            eventKey(event, distinguishing),
            event,
            key,
            (SessionId) null,
            trigger,
            words,
            null,
            clock.instant()),
        null);
  }

  private void happened(ProjectId project, HeldEvent event, @Nullable AlertRuleId only) {
    Instant now = clock.instant();
    List<NewJob> wanted =
        events.happened(project, event, only, now).stream()
            .map(
                rule ->
                    NewJob.about(
                        JobKind.NOTIFICATION,
                        project,
                        rule.value(),
                        "{}",
                        List.of(rule.value(), event.eventKey())))
            .toList();
    jobs.enqueueAll(wanted);
  }

  /** Messages that stand somewhere and can be changed say where the issue stands now. */
  private void change(ProjectId project, ClusterKey key, String what) {
    jobs.enqueueAll(
        deliveries.askForChanges(project, key, what, clock.instant()).stream()
            .map(delivery -> DeliveryJobs.job(project, delivery, 0))
            .toList());
  }

  private static String eventKey(RuleEvent event, String distinguishing) {
    return event.wireName() + "|" + distinguishing;
  }

  /** When the issue came into the state that it is in: the same for all who notice. */
  private String moment(ProjectId project, ClusterKey key) {
    Optional<IssueView> issue = issues.cluster(project, key);
    return issue
        .map(IssueView::stateUpdatedAt)
        .map(at -> String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, at)))
        .orElse("0");
  }
}
