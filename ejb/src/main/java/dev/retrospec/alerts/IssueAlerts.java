package dev.retrospec.alerts;

import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueRegressed;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides about an alert in the same transaction in which an issue appears or comes back, so that
 * there is one decision for each, kept with its reason, and a job for each that is to be sent.
 * Nothing is written while no webhook is set.
 */
@ApplicationScoped
public class IssueAlerts {

  private final AlertEvents events;
  private final IssueQueries issues;
  private final JobQueue jobs;
  private final AlertConfig config;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public IssueAlerts(
      AlertEvents events,
      IssueQueries issues,
      JobQueue jobs,
      AlertConfig config,
      MeterRegistry meters,
      Clock clock) {
    this.events = events;
    this.issues = issues;
    this.jobs = jobs;
    this.config = config;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueAlerts() {
    this(null, null, null, null, null, null);
  }

  void promoted(@Observes IssuePromoted event) {
    alert(event.projectId(), event.key(), AlertKind.ISSUE_CLUSTER_PROMOTED, event.trigger());
  }

  void regressed(@Observes IssueRegressed event) {
    alert(event.projectId(), event.key(), AlertKind.ISSUE_CLUSTER_REGRESSED, event.trigger());
  }

  private void alert(ProjectId project, ClusterKey key, AlertKind kind, PromotionTrigger trigger) {
    Optional<IssueView> found =
        config.webhook().isEmpty() ? Optional.empty() : issues.cluster(project, key);
    if (found.isEmpty()) {
      return;
    }
    IssueView issue = found.get();
    Instant now = clock.instant();
    AlertDecision decision =
        new AlertPolicy(config)
            .decide(issue.state(), issue.confidence(), events.last(project, key), now);
    AlertEventId id = AlertEventId.mint();
    if (decision instanceof AlertDecision.Suppress suppress) {
      events.add(id, project, key, kind, trigger, suppress.reason(), now);
      count("suppressed");
    } else {
      events.add(id, project, key, kind, trigger, null, now);
      jobs.enqueue(
          NewJob.about(JobKind.NOTIFICATION, project, id.value(), "{}", List.of(id.value())));
      count("queued");
    }
  }

  private void count(String outcome) {
    meters.counter("retrospec.alerts", "outcome", outcome).increment();
  }
}
