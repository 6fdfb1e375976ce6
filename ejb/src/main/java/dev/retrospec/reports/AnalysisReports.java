package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.failure.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Records what analyzers say, in this server or elsewhere. */
@ApplicationScoped
public class AnalysisReports {

  private final ReportCards cards;
  private final ReportConfig config;
  private final Event<ReportCardReady> ready;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public AnalysisReports(
      ReportCards cards,
      ReportConfig config,
      Event<ReportCardReady> ready,
      MeterRegistry meters,
      Clock clock) {
    this.cards = cards;
    this.config = config;
    this.ready = ready;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AnalysisReports() {
    this(null, null, null, null, null);
  }

  /**
   * Changes only what the report gives. Safe to repeat. A verdict that is not sure enough, or that
   * lost its point at the gate, is kept as discarded, with the reason.
   *
   * @throws NotFound when the project has no such session
   */
  @Transactional
  public ReportCardView record(CheckedReport checked) {
    ReportCardView card =
        cards
            .write(checked, config.minConfidence(), clock.instant())
            .orElseThrow(() -> new NotFound("session"));
    if (checked.report().status() != null) {
      announce(card.projectId(), card.sessionId(), card.status());
    }
    return card;
  }

  /** An analysis has no attempts left: its card says so, and why, instead of waiting for ever. */
  public void onGivenUp(@Observes JobGivenUp event) {
    if (event.job().kind() != JobKind.ANALYSIS) {
      return;
    }
    ProjectId project = event.job().projectId();
    SessionId session = new SessionId(event.job().subject());
    if (cards.failPending(project, session, event.reason(), clock.instant())) {
      announce(project, session, ReportStatus.FAILED);
    }
  }

  private void announce(ProjectId project, SessionId session, ReportStatus status) {
    meters.counter("retrospec.report.cards", "status", status.wireName()).increment();
    if (status != ReportStatus.PENDING) {
      ready.fire(new ReportCardReady(project, session, status));
    }
  }
}
