package dev.retrospec.issues.trends;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.triage.Activity;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueActivities;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds issues that are seen far more often than they used to be, and those that have calmed down.
 * Said once, however many nodes look: the row decides.
 */
@ApplicationScoped
public class IssueEscalation {

  /** By then the new rate is what the past lets one expect. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** A shorter one would come and go within an hour. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final EscalatingIssues issues;
  private final IssueActivities activities;
  private final Event<IssueEscalated> escalated;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public IssueEscalation(
      EscalatingIssues issues,
      IssueActivities activities,
      Event<IssueEscalated> escalated,
      MeterRegistry meters,
      Clock clock) {
    this.issues = issues;
    this.activities = activities;
    this.escalated = escalated;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueEscalation() {
    this(null, null, null, null, null);
  }

  /** Looks at a cluster whose hours have just been written. */
  @Transactional
  public void consider(ProjectId project, ClusterKey key) {
    Instant now = clock.instant();
    issues
        .watched(project, key, now)
        .ifPresent(
            watched -> {
              EscalationPolicy.Finding finding =
                  EscalationPolicy.judge(watched.lastHour(), watched.past());
              if (finding.escalating()
                  && issues.escalate(project, key, finding.usualPerHour(), now)) {
                meters.counter("retrospec.issues.escalated").increment();
                escalated.fire(
                    new IssueEscalated(project, key, watched.lastHour(), finding.usualPerHour()));
              }
            });
  }

  /** Gives issues that have calmed down the state that they had before. */
  @Transactional
  public void calm() {
    Instant now = clock.instant();
    for (EscalatingIssues.Escalated one : issues.escalated(now)) {
      boolean isOld = !one.since().plus(LONGEST).isAfter(now);
      boolean isCalm =
          !one.since().plus(SHORTEST).isAfter(now)
              && EscalationPolicy.isCalm(one.usualPerHour(), one.lastHours());
      if (isOld || isCalm) {
        issues
            .calm(one.projectId(), one.key(), now)
            .ifPresent(
                state ->
                    activities.add(
                        one.projectId(),
                        one.key(),
                        Actor.SYSTEM,
                        Activity.of(
                            "calmed",
                            (isOld
                                    ? "takes the new rate as usual after a week: "
                                    : "found that it has calmed down: ")
                                + state.wireName()
                                + " again"),
                        now));
      }
    }
  }
}
