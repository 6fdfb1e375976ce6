package dev.retrospec.reports;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportRetryTest {

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(60));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final Outbox outbox = new Outbox(database, clock, Map.of("ANALYZER_MAX_ATTEMPTS", "1"));
  private final ReportCards cards = new ReportCards(database.jdbi(), outbox.queue, clock);
  private final ReportRetry retry = new ReportRetry(cards, outbox.queue, clock);

  ReportRetryTest() {
    new Sessions(database.jdbi())
        .record(
            project,
            session,
            aVisit(),
            SessionGrowth.NONE,
            SessionStatus.RECORDING,
            clock.instant());
    outbox.givenUp.observedBy(
        new AnalysisReports(
                cards,
                new ReportConfig(0),
                new RecordedEvents<>(),
                new SimpleMeterRegistry(),
                clock)
            ::onGivenUp);
  }

  @Test
  void aFailedCardIsAskedForAgain() {
    failing();

    ReportCardView card = database.inTransaction(() -> retry.retry(project, session));

    assertThat(card.status()).isEqualTo(ReportStatus.PENDING);
    assertThat(card.reason()).isNull();
    assertThat(waitingJobs()).isEqualTo(1);
  }

  private int waitingJobs() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from job where project_id = :project"
                            + " and status = 'pending'")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void aCardThatIsUnderWayIsNot() {
    database.inTransaction(() -> cards.await(project, session));

    assertThatThrownBy(() -> database.inTransaction(() -> retry.retry(project, session)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("pending");
  }

  @Test
  void whereThereIsNoCardThereIsNothingToRepeat() {
    assertThatThrownBy(() -> database.inTransaction(() -> retry.retry(project, session)))
        .isInstanceOf(NotFound.class);
  }

  private void failing() {
    EnqueueOutcome.Enqueued job =
        (EnqueueOutcome.Enqueued)
            database.inTransaction(
                () -> {
                  cards.await(project, session);
                  return outbox.queue.enqueue(
                      ReportCards.job(project, session, Set.of(new MarkerId("m1"))));
                });
    outbox.attempts.fail(outbox.attempts.begin(job.id()).orElseThrow(), "the model was away");
    assertThat(cards.find(project, session))
        .map(ReportCardView::reason)
        .contains("the model was away");
  }
}
