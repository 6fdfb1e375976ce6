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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCardsTest {

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(60));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final Outbox outbox = new Outbox(database, clock, Map.of("ANALYZER_MAX_ATTEMPTS", "1"));
  private final ReportCards cards = new ReportCards(database.jdbi(), outbox.queue, clock);
  private final RecordedEvents<ReportCardReady> ready = new RecordedEvents<>();
  private final AnalysisReports reports =
      new AnalysisReports(cards, new ReportConfig(0.1), ready, new SimpleMeterRegistry(), clock);

  ReportCardsTest() {
    new Sessions(database.jdbi())
        .record(
            project,
            session,
            aVisit(),
            SessionGrowth.NONE,
            SessionStatus.RECORDING,
            clock.instant());
  }

  @Test
  void aRequestMakesAPendingCardAndItsJob() {
    EnqueueOutcome outcome = request("m1");

    assertThat(outcome).isInstanceOf(EnqueueOutcome.Enqueued.class);
    assertThat(cards.find(project, session))
        .get()
        .satisfies(
            card -> {
              assertThat(card.status()).isEqualTo(ReportStatus.PENDING);
              assertThat(card.confidence()).isZero();
              assertThat(card.generatedAt()).isNull();
            });
  }

  @Test
  void onlyGivenFieldsChange() {
    record(
        new AnalysisReport(
            project,
            session,
            ReportStatus.READY,
            "symptom",
            "cause",
            "fix",
            "text",
            "visual",
            0.7,
            List.of(new Evidence(1_000, "here")),
            clock.instant()));

    ReportCardView changed =
        record(
            new AnalysisReport(
                project, session, null, null, null, "better fix", null, null, null, null, null));

    assertThat(changed.suggestedFix()).isEqualTo("better fix");
    assertThat(changed.symptom()).isEqualTo("symptom");
    assertThat(changed.confidence()).isEqualTo(0.7);
    assertThat(changed.status()).isEqualTo(ReportStatus.READY);
    assertThat(changed.evidence()).containsExactly(new Evidence(1_000, "here"));
    assertThat(changed.generatedAt()).isEqualTo(clock.instant());
    assertThat(cards.find(project, session)).contains(changed);
  }

  @Test
  void aReadyCardStaysReadableWhileNewMarkersAreAnalysed() {
    request("m1");
    record(ReportStatus.READY);
    request("m2");

    assertThat(cards.find(project, session))
        .map(ReportCardView::status)
        .contains(ReportStatus.READY);
  }

  @Test
  void newMarkersGiveADiscardedCardAnotherChance() {
    request("m1");
    record(ReportStatus.DISCARDED);
    request("m2");

    assertThat(cards.find(project, session))
        .map(ReportCardView::status)
        .contains(ReportStatus.PENDING);
  }

  @Test
  void anAnalysisThatIsGivenUpFailsTheCardThatWaits() {
    outbox.givenUp.observedBy(reports::onGivenUp);
    EnqueueOutcome.Enqueued job = (EnqueueOutcome.Enqueued) request("m1");

    outbox.attempts.fail(outbox.attempts.begin(job.id()).orElseThrow(), "boom");

    assertThat(cards.find(project, session))
        .get()
        .satisfies(
            card -> {
              assertThat(card.status()).isEqualTo(ReportStatus.FAILED);
              assertThat(card.reason()).isEqualTo("boom");
              assertThat(card.canBeRetried()).isTrue();
            });
    assertThat(ready.fired())
        .containsExactly(new ReportCardReady(project, session, ReportStatus.FAILED));
  }

  @Test
  void anotherProjectNeitherSeesNorWritesTheCard() {
    request("m1");
    ProjectId other = database.newProject();

    assertThat(cards.find(other, session)).isEmpty();
    assertThatThrownBy(() -> record(report(other, ReportStatus.READY, 0.5)))
        .isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void confidenceIsAProbability(double confidence) {
    assertThatThrownBy(() -> report(project, ReportStatus.READY, confidence))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void cardsGoWithTheirSession() {
    request("m1");
    new ReportData(cards).deleteRows(project, Set.of(session));

    assertThat(cards.find(project, session)).isEmpty();
  }

  private EnqueueOutcome request(String marker) {
    return database.inTransaction(
        () -> {
          cards.await(project, session);
          return outbox.queue.enqueue(
              ReportCards.job(project, session, Set.of(new MarkerId(marker))));
        });
  }

  private void record(ReportStatus status) {
    record(report(project, status, 0.5));
  }

  private ReportCardView record(AnalysisReport report) {
    return reports.record(new CheckedReport(report, null));
  }

  private AnalysisReport report(ProjectId in, ReportStatus status, @Nullable Double confidence) {
    return new AnalysisReport(
        in, session, status, "s", null, null, null, null, confidence, null, null);
  }
}
