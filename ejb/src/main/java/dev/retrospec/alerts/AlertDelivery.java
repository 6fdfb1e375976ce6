package dev.retrospec.alerts;

import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the worker that posts alerts asks and tells: {@link #prepare} before the request, {@link
 * #sent} in the transaction that ends the job. An alert whose job is given up has failed.
 */
@ApplicationScoped
public class AlertDelivery {

  /** One that has failed is sent after all when an operator redrives its job. */
  private static final Set<String> UNSENT = Set.of("queued", "failed");

  private final AlertEvents events;
  private final IssueQueries issues;
  private final AlertConfig config;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public AlertDelivery(
      AlertEvents events,
      IssueQueries issues,
      AlertConfig config,
      MeterRegistry meters,
      Clock clock) {
    this.events = events;
    this.issues = issues;
    this.config = config;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertDelivery() {
    this(null, null, null, null, null);
  }

  /**
   * The message, with the issue as it is now. Empty when there is nothing to send: the alert has
   * ended already, the issue has been resolved, muted or deleted meanwhile, or no webhook is set
   * any more; the alert then counts as suppressed.
   *
   * @param id the job's subject
   */
  @Transactional
  public Optional<AlertMessage> prepare(ProjectId project, AlertEventId id) {
    Optional<AlertEvent> found =
        events.find(project, id).filter(alert -> UNSENT.contains(alert.status()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    AlertEvent alert = found.get();
    Instant now = clock.instant();
    Optional<IssueView> issue = issues.find(project, alert.clusterKey());
    String obstacle = obstacle(issue);
    if (obstacle != null || issue.isEmpty()) {
      events.finish(project, id, "suppressed", obstacle, null, now);
      return Optional.empty();
    }
    return config
        .webhook()
        .map(
            url ->
                new AlertMessage(
                    id,
                    url,
                    config.authorization(),
                    config.signingKeys(),
                    Json.write(AlertBody.of(alert, issue.get(), now))));
  }

  private @Nullable String obstacle(Optional<IssueView> issue) {
    if (config.webhook().isEmpty()) {
      return "no_webhook";
    }
    if (issue.isEmpty()) {
      return "issue_gone";
    }
    TriageState state = issue.get().state();
    return state == TriageState.RESOLVED || state == TriageState.MUTED ? state.wireName() : null;
  }

  /** The webhook took it. */
  @Transactional
  public void sent(ProjectId project, AlertEventId id, int httpStatus) {
    events.finish(project, id, "sent", null, httpStatus, clock.instant());
    meters.counter("retrospec.alerts", "outcome", "sent").increment();
  }

  /**
   * It could not be sent and will not be tried again. For a worker that runs elsewhere; here the
   * end of the job says it.
   *
   * @param httpStatus null when no answer came
   */
  @Transactional
  public void failed(
      ProjectId project, AlertEventId id, String reason, @Nullable Integer httpStatus) {
    events.finish(project, id, "failed", reason, httpStatus, clock.instant());
    meters.counter("retrospec.alerts", "outcome", "failed").increment();
  }

  void givenUp(@Observes JobGivenUp event) {
    if (event.job().kind() == JobKind.NOTIFICATION
        && event.job().subject().startsWith(AlertEventId.PREFIX)) {
      failed(
          event.job().projectId(), new AlertEventId(event.job().subject()), event.reason(), null);
    }
  }
}
