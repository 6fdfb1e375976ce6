package dev.retrospec.workers;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static dev.retrospec.sessions.SessionFixture.visitOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.JobsEnqueued;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.EventTimes;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.replays.Clips;
import dev.retrospec.replays.ReplayRequests;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.reports.AnalysisReports;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.EvidenceGate;
import dev.retrospec.reports.LiveMoments;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportConfig;
import dev.retrospec.reports.ReportRetry;
import dev.retrospec.reports.ReportStatus;
import dev.retrospec.reports.RoutePeers;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.EventsObjectKey;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.AnalysisJob;
import dev.retrospec.workers.analysis.LookAtClip;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.analysis.heuristic.HeuristicAnalyzer;
import dev.retrospec.workers.moments.MarkerMoments;
import dev.retrospec.workers.moments.SecondLook;
import dev.retrospec.workers.replay.ReplayJob;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a stored recording with a marker to its artifact and its report card. */
class SessionJobsTest {

  private static final Settings NO_SETTINGS = Settings.of(name -> Optional.empty());
  private static final RenderConfig RENDERING = RenderConfig.from(NO_SETTINGS);

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(90));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final RecordingFixture recording = new RecordingFixture();
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final Outbox outbox =
      new Outbox(
          database, clock, Map.of("REPLAY_MAX_ATTEMPTS", "2", "REPLAY_RETRY_BASE_MS", "1000"));

  private final Artifacts artifacts = new Artifacts(database.jdbi());
  private final ReportCards cards = new ReportCards(database.jdbi(), outbox.queue, clock);
  private final ReplayResults results =
      new ReplayResults(artifacts, new RecordedEvents<>(), new SimpleMeterRegistry(), clock);
  private final SessionQueries sessions = new SessionQueries(database.jdbi());
  private final ErrorMarkers markers = new ErrorMarkers(database.jdbi());
  private final RecordingTimeline timeline =
      new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), new ChunkCodec());
  private final MarkerMoments moments = new MarkerMoments(timeline, new ChunkCodec());
  private final ReplayJob replay =
      new ReplayJob(
          sessions, markers, moments, store, results, new ReplayRequests(outbox.queue), clock);
  private final AnalysisJob analysis =
      new AnalysisJob(
          sessions,
          markers,
          moments,
          new RoutePeers(database.jdbi()),
          this::analyze,
          new EvidenceGate(
              sessions,
              new LiveMoments(timeline, new EventTimes(timeline, new ChunkCodec()), markers)),
          new AnalysisReports(
              cards, new ReportConfig(0), new RecordedEvents<>(), new SimpleMeterRegistry(), clock),
          cards,
          new LookAtClip(
              cards,
              new Clips(artifacts, new RenderRequests(outbox.queue, markers, RENDERING)),
              NO_SETTINGS),
          clock);
  private final JobRun run =
      new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters);

  private boolean analyzerIsAway;

  private Verdict analyze(AnalysisCase about) {
    if (analyzerIsAway) {
      throw new ModelUnavailable("The model cannot be reached");
    }
    return new HeuristicAnalyzer().analyze(about);
  }

  @AfterEach
  void emptyTheOutbox() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void theArtifactTellsWhatHappenedInTheMarkersWindow() throws IOException {
    visit();
    recorded();

    run.run(request(JobKind.REPLAY), replay);

    ArtifactView artifact = artifacts.of(project, session).get(0);
    assertThat(artifact.status()).isEqualTo(ArtifactStatus.READY);
    assertThat(artifact.triggerKind()).isEqualTo("ingest");
    assertThat(artifact.windows()).containsExactly(new ReplayWindow(10_000, 20_000));
    JsonNode content = content(artifact);
    assertThat(content.path("markers").path(0).path("label").asText())
        .isEqualTo("TypeError in pay");
    JsonNode window = content.path("windows").path(0);
    assertThat(window.path("counts").path("failedRequests").asInt()).isEqualTo(1);
    assertThat(window.path("events").findValuesAsText("kind"))
        .containsExactly("click", "network", "console");
    assertThat(window.path("events").findValuesAsText("atMs"))
        .containsExactly("11000", "11400", "12010");
  }

  @Test
  void theReportCardNamesTheRequestThatFailedBefore() {
    visit();
    recorded();

    run.run(request(JobKind.ANALYSIS), analysis);

    ReportCardView card = cards.find(project, session).orElseThrow();
    assertThat(card.status()).isEqualTo(ReportStatus.READY);
    assertThat(card.symptom()).contains("TypeError: total is undefined");
    assertThat(card.technicalRootCause()).startsWith("POST /api/pay was answered 500 at 0:11.4");
    assertThat(card.confidence()).isBetween(0.7, 0.9);
    assertThat(card.evidence()).extracting(Evidence::atMs).contains(11_000L, 11_400L, 12_000L);
    assertThat(card.generatedAt()).isEqualTo(clock.instant());
  }

  @Test
  void anAnalyzerThatStaysAwayFailsTheCardWithItsReasonAndOnceMoreHelps() {
    AnalysisReports reports =
        new AnalysisReports(
            cards, new ReportConfig(0), new RecordedEvents<>(), new SimpleMeterRegistry(), clock);
    outbox.givenUp.observedBy(reports::onGivenUp);
    visit();
    recorded();
    database.inTransaction(() -> cards.await(project, session));
    JobId job = request(JobKind.ANALYSIS);
    analyzerIsAway = true;

    for (int attempt = 0; attempt < 3; attempt++) {
      run.run(job, analysis);
      clock.pass(Duration.ofMinutes(1));
      outbox.sweep.sweep();
    }

    ReportCardView failed = cards.find(project, session).orElseThrow();
    assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
    assertThat(failed.reason()).isEqualTo("The model cannot be reached");

    analyzerIsAway = false;
    database.inTransaction(
        () -> new ReportRetry(cards, outbox.queue, clock).retry(project, session));
    run.run(lastSignals().get(0).id(), analysis);

    ReportCardView ready = cards.find(project, session).orElseThrow();
    assertThat(ready.status()).isEqualTo(ReportStatus.READY);
    assertThat(ready.reason()).isNull();
  }

  @Test
  void withoutEventsTheArtifactIsSkippedAndTheCardSaysHowLittleItKnows() {
    visit();

    run.run(request(JobKind.REPLAY), replay);
    run.run(request(JobKind.ANALYSIS), analysis);

    assertThat(artifacts.of(project, session))
        .singleElement()
        .satisfies(
            artifact -> {
              assertThat(artifact.status()).isEqualTo(ArtifactStatus.SKIPPED);
              assertThat(artifact.reason()).isEqualTo("The session has no recorded events");
            });
    ReportCardView card = cards.find(project, session).orElseThrow();
    assertThat(card.status()).isEqualTo(ReportStatus.READY);
    assertThat(card.confidence()).isLessThanOrEqualTo(0.35);
    assertThat(card.textSummary()).contains("rests on the marker alone");
  }

  @Test
  void aStoreThatIsAwayDelaysTheArtifactAndNeverTheCard() {
    visit();
    recorded();
    JobId artifactJob = request(JobKind.REPLAY);
    store.away(true);

    run.run(artifactJob, replay);
    run.run(request(JobKind.ANALYSIS), analysis);

    assertThat(artifacts.of(project, session)).isEmpty();
    assertThat(cards.find(project, session))
        .map(ReportCardView::status)
        .contains(ReportStatus.READY);

    store.away(false);
    clock.pass(Duration.ofSeconds(2));
    outbox.sweep.sweep();
    run.run(artifactJob, replay);
    assertThat(artifacts.of(project, session))
        .extracting(ArtifactView::status)
        .containsExactly(ArtifactStatus.READY);
  }

  @Test
  void aStoreThatStaysAwayEndsInAFailedArtifact() {
    outbox.givenUp.observedBy(results::onGivenUp);
    visit();
    recorded();
    JobId job = request(JobKind.REPLAY);
    store.away(true);

    run.run(job, replay);
    clock.pass(Duration.ofSeconds(2));
    outbox.sweep.sweep();
    run.run(job, replay);

    assertThat(artifacts.of(project, session))
        .singleElement()
        .satisfies(
            artifact -> {
              assertThat(artifact.status()).isEqualTo(ArtifactStatus.FAILED);
              assertThat(artifact.reason()).contains("object store");
            });
  }

  @Test
  void aSessionThatWasErasedMeanwhileIsNoFailure() {
    visit();
    JobId replayJob = request(JobKind.REPLAY);
    JobId analysisJob = request(JobKind.ANALYSIS);
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("delete from session where project_id = ?", project.value()));

    run.run(replayJob, replay);
    run.run(analysisJob, analysis);

    assertThat(outbox.deadLetters.list(JobKind.REPLAY, 10, 0).total()).isZero();
    assertThat(outbox.queries.depths().get(JobKind.ANALYSIS).pending()).isZero();
  }

  @Test
  void anAttemptThatIsRepeatedGivesTheSameAndOneArtifact() {
    visit();
    recorded();

    run.run(request(JobKind.REPLAY), replay);
    ArtifactView first = artifacts.of(project, session).get(0);
    clock.pass(Duration.ofDays(1));
    run.run(request(JobKind.REPLAY), replay);

    assertThat(artifacts.of(project, session))
        .singleElement()
        .satisfies(again -> assertThat(again.artifactKey()).isEqualTo(first.artifactKey()));
  }

  @Test
  void aSessionThatGoesOnIsLookedAtOnceMoreWhenTheWindowIsOver() {
    visit();
    lasts(12_100);
    run.run(request(JobKind.REPLAY), replay);
    run.run(request(JobKind.ANALYSIS), analysis);
    assertThat(artifacts.of(project, session).get(0).windows())
        .containsExactly(new ReplayWindow(10_000, 12_100));
    assertThat(cards.find(project, session).orElseThrow().confidence()).isLessThan(0.5);
    assertThat(outbox.sweep.sweep().signalled()).as("not before the window is over").isZero();

    recorded();
    lasts(29_000);
    clock.pass(SecondLook.PAUSE);
    assertThat(outbox.sweep.sweep().signalled()).isEqualTo(2);
    lastSignals()
        .forEach(
            signal -> run.run(signal.id(), signal.kind() == JobKind.REPLAY ? replay : analysis));

    assertThat(artifacts.of(project, session).get(0).windows())
        .containsExactly(new ReplayWindow(10_000, 20_000));
    assertThat(cards.find(project, session).orElseThrow().confidence()).isGreaterThan(0.5);
    assertThat(outbox.queries.depths().get(JobKind.REPLAY).pending()).isZero();
  }

  @Test
  void eventsThatWereUploadedUnderAnotherIdAreFoundByTheirKey() throws IOException {
    visit();
    SessionId uploaded = SessionId.mint();
    recording
        .spool(project, uploaded, 0, clock.instant(), around())
        .spool(project, uploaded, 1, clock.instant(), RecordingFixture.events(50_000));
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update session set events_object_key = ? where project_id = ?",
                    EventsObjectKey.of(project, uploaded),
                    project.value()));

    run.run(request(JobKind.REPLAY), replay);

    ArtifactView artifact = artifacts.of(project, session).get(0);
    assertThat(artifact.status()).isEqualTo(ArtifactStatus.READY);
    assertThat(content(artifact).at("/windows/0/counts/failedRequests").asInt()).isEqualTo(1);
  }

  @Test
  void aSecondLookIsTheLastOne() {
    visit();
    lasts(12_100);
    run.run(request(JobKind.REPLAY), replay);
    clock.pass(SecondLook.PAUSE);
    outbox.sweep.sweep();

    run.run(lastSignals().get(0).id(), replay);

    assertThat(outbox.queries.depths().get(JobKind.REPLAY).pending()).isZero();
  }

  private List<JobSignal> lastSignals() {
    List<JobsEnqueued> fired = outbox.enqueued.fired();
    return fired.get(fired.size() - 1).signals();
  }

  private void lasts(long durationMs) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update session set duration_ms = ? where project_id = ?",
                    durationMs,
                    project.value()));
  }

  private JobId request(JobKind kind) {
    Set<MarkerId> about = Set.of(new MarkerId("m1"));
    EnqueueOutcome outcome =
        outbox.queue.enqueue(
            kind == JobKind.REPLAY
                ? ReplayRequests.job(project, session, about, "ingest")
                : ReportCards.job(project, session, about));
    return ((EnqueueOutcome.Enqueued) outcome).id();
  }

  private void visit() {
    database.inTransaction(
        () -> {
          new Sessions(database.jdbi())
              .record(
                  project,
                  session,
                  visitOf("alice"),
                  SessionGrowth.NONE,
                  SessionStatus.RECORDING,
                  clock.instant());
          markers.add(project, session, List.of(clustered(marker(), "ck")));
        });
  }

  private static ObservedMarker marker() {
    return new ObservedMarker(
        new MarkerId("m1"),
        MarkerKind.JS_EXCEPTION,
        "uncaught",
        null,
        "TypeError in pay",
        null,
        "/checkout",
        12_000,
        new ErrorDetail(
            "TypeError", "total is undefined", "pay@https://shop.example/pay.js:7:1", null, null),
        null,
        null,
        List.of(),
        START.plusMillis(12_000));
  }

  /** A chunk long before the marker, one around it. */
  private void recorded() {
    recording
        .spool(project, session, 0, clock.instant(), RecordingFixture.events(0, 100))
        .spool(project, session, 1, clock.instant(), around());
  }

  private static String around() {
    return "["
        + String.join(
            ",",
            event(3, "{\"source\":2,\"type\":2,\"id\":9,\"x\":1,\"y\":1}", 11_000),
            event(
                5,
                "{\"tag\":\"rs.network\",\"payload\":{\"method\":\"POST\",\"url\":"
                    + "\"https://shop.example/api/pay\",\"status\":500,\"durationMs\":300}}",
                11_400),
            event(
                5,
                "{\"tag\":\"rs.console\",\"payload\":{\"level\":\"error\",\"args\":[\"boom\"]}}",
                12_010),
            event(3, "{\"source\":2,\"type\":2,\"id\":9,\"x\":1,\"y\":1}", 29_000))
        + "]";
  }

  private static String event(int type, String data, long atMs) {
    return "{\"type\":%d,\"data\":%s,\"timestamp\":%d}"
        .formatted(type, data, START.toEpochMilli() + atMs);
  }

  private JsonNode content(ArtifactView artifact) throws IOException {
    try (InputStream stream =
        store.open(new ArtifactKey(artifact.artifactKey())).orElseThrow().stream()) {
      return new ObjectMapper().readTree(stream);
    }
  }
}
