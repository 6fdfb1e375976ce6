package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Asks for a report card once more that failed or was discarded. */
@ApplicationScoped
public class ReportRetry {

  private final ReportCards cards;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public ReportRetry(ReportCards cards, JobQueue jobs, Clock clock) {
    this.cards = cards;
    this.jobs = jobs;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ReportRetry() {
    this(null, null, null);
  }

  /**
   * The card is pending again and its job is asked for, with all its attempts. Of two at once, one
   * is refused.
   *
   * @throws NotFound when the session has no card
   * @throws InvalidRequest when it is pending or ready: there is nothing to repeat
   */
  @Transactional
  public ReportCardView retry(ProjectId project, SessionId session) {
    Instant now = clock.instant();
    if (!cards.awaitAgain(project, session, now)) {
      ReportCardView card =
          cards.find(project, session).orElseThrow(() -> new NotFound("report card"));
      throw new InvalidRequest(
          "the report card is "
              + card.status().wireName()
              + ": only one that failed or was discarded is written again");
    }
    jobs.enqueue(
        NewJob.about(
            JobKind.ANALYSIS,
            project,
            session.value(),
            new AnalysisJobPayload(false).write(),
            List.of("retry", now)));
    return cards.find(project, session).orElseThrow(() -> new NotFound("report card"));
  }
}
