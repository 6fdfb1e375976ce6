package dev.retrospec.reports;

import static dev.retrospec.recordings.RecordingFixture.START;
import static dev.retrospec.sessions.SessionFixture.apiError;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.EventTimes;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.reports.AnalysisReport.Origin;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.testing.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceGateTest {

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final ErrorMarkers markers = new ErrorMarkers(database.jdbi());
  private final RecordingTimeline timeline =
      new RecordingTimeline(
          database.jdbi(), new MemoryArtifactStore(), RecordingFixture.keys(), new ChunkCodec());
  private final EvidenceGate gate =
      new EvidenceGate(
          new SessionQueries(database.jdbi()),
          new LiveMoments(timeline, new EventTimes(timeline, new ChunkCodec()), markers));

  EvidenceGateTest() {
    new RecordingFixture()
        .spool(project, session, 0, START, RecordingFixture.events(0, 1_000, 2_500))
        .spool(project, session, 65_536, START, RecordingFixture.events(3_000));
    database.inTransaction(
        () -> markers.add(project, session, List.of(clustered(apiError("m1", 500), "v1-pay"))));
  }

  @Test
  void whatStandsOnRecordedEventsIsKeptWithItsTime() {
    CheckedReport checked =
        check(
            said(2_500, "The payment failed", CardText.ROOT_CAUSE, "0/2"),
            said(3_000, "The other window", CardText.TEXT_SUMMARY, "65536/0"),
            said(1_500, "Reported", CardText.SYMPTOM, "marker/m1"));

    assertThat(checked.refusal()).isNull();
    assertThat(checked.report().evidence())
        .extracting(Evidence::atMs)
        .containsExactly(2_500L, 3_000L, 1_500L);
    assertThat(checked.report().technicalRootCause()).isEqualTo("The payment failed");
    assertThat(checked.report().textSummary()).isEqualTo("0:03.0 The other window.");
  }

  @Test
  void inventedEventsAreDroppedAndTheirSentencesWithThem() {
    CheckedReport checked =
        check(
            said(1_000, "It failed", CardText.SYMPTOM, "0/1", "0/99"),
            said(1_000, "The page was red", CardText.VISUAL_SUMMARY, "0/3"),
            said(1_000, "Sun spots", CardText.TEXT_SUMMARY, "7/0"),
            said(1_000, "A marker nobody saw", CardText.FIX, "marker/m9"),
            said(1_000, "Words", CardText.FIX, "the second click"));

    assertThat(checked.refusal()).isNull();
    assertThat(checked.report().evidence())
        .singleElement()
        .satisfies(item -> assertThat(item.eventIds()).containsExactly("0/1"));
    assertThat(checked.report().visualSummary()).isEmpty();
    assertThat(checked.report().suggestedFix()).isEmpty();
  }

  @Test
  void anInventedTimeBecomesThatOfTheEvent() {
    assertThat(check(said(59_000, "It failed", CardText.SYMPTOM, "0/1")).report().evidence())
        .extracting(Evidence::atMs)
        .containsExactly(1_000L);
  }

  @Test
  void aCardThatLosesItsCauseIsNotShown() {
    CheckedReport checked =
        check(
            said(1_000, "It failed", CardText.SYMPTOM, "0/1"),
            said(1_000, "Because", CardText.ROOT_CAUSE, "0/77"));

    assertThat(checked.refusal()).isEqualTo(EvidenceGate.NOTHING_LIVE);
  }

  @Test
  void aClientsSentenceWithoutEventsStandsOnWhatWasRecordedNextToIt() {
    CheckedReport checked = external(new Evidence(2_400, "here"), new Evidence(59_000, "nowhere"));

    assertThat(checked.refusal()).isNull();
    assertThat(checked.report().symptom()).isEqualTo("given");
    assertThat(checked.report().evidence())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.eventIds()).containsExactly("0/2");
              assertThat(item.atMs()).isEqualTo(2_500);
              assertThat(item.text()).isEqualTo("here");
            });
  }

  @Test
  void aClientsVerdictWhoseEvidenceIsAllInventedIsNotShown() {
    assertThat(external(new Evidence(59_000, "nowhere")).refusal()).isNotNull();
  }

  @Test
  void aClientThatGivesNoEvidenceIsTakenAtItsWord() {
    assertThat(external().refusal()).isNull();
  }

  @Test
  void eventsOfAnotherProjectsSessionAreNoEvidence() {
    assertThatThrownBy(
            () ->
                gate.check(
                    report(database.newProject(), null, List.of(new Evidence(1_000, "here")))))
        .isInstanceOf(NotFound.class);
  }

  private CheckedReport check(Evidence... said) {
    return gate.check(
        report(project, new Origin("a_rule", new MarkerId("m1"), List.of()), List.of(said)));
  }

  private CheckedReport external(Evidence... said) {
    return gate.check(report(project, null, List.of(said)));
  }

  private AnalysisReport report(ProjectId in, @Nullable Origin origin, List<Evidence> said) {
    return new AnalysisReport(
        in,
        session,
        ReportStatus.READY,
        origin == null ? "given" : null,
        null,
        null,
        null,
        null,
        0.5,
        said,
        START,
        origin);
  }

  private static Evidence said(long atMs, String text, CardText says, String... ids) {
    return new Evidence(atMs, text, List.of(ids), says, "heuristic");
  }
}
