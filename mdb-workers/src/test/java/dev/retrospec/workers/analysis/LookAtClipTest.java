package dev.retrospec.workers.analysis;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static dev.retrospec.sessions.SessionFixture.visitOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.openai.OpenAiServer;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.EventTimes;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.replays.Clips;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.reports.AnalysisReports;
import dev.retrospec.reports.EvidenceGate;
import dev.retrospec.reports.LiveMoments;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.reports.ReportConfig;
import dev.retrospec.reports.RoutePeers;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.analysis.model.ClipCatalog;
import dev.retrospec.workers.analysis.model.ModelAnalyzer;
import dev.retrospec.workers.analysis.model.ModelConfig;
import dev.retrospec.workers.analysis.model.ModelEndpoint;
import dev.retrospec.workers.moments.MarkerMoments;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A card is written by rules and a visual model, while its clip is still being made. */
class LookAtClipTest {

  private static final MarkerId MARKER = new MarkerId("m12000");
  private static final Settings SETTINGS = Settings.of(name -> Optional.empty());

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(90));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final Outbox outbox = new Outbox(database, clock, Map.of());
  private final SessionQueries sessions = new SessionQueries(database.jdbi());
  private final ErrorMarkers markers = new ErrorMarkers(database.jdbi());
  private final Artifacts artifacts = new Artifacts(database.jdbi());
  private final ReportCards cards = new ReportCards(database.jdbi(), outbox.queue, clock);

  @AfterEach
  void emptyTheOutbox() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void aClipThatCameWhileTheCardWasWrittenIsLookedAtOnceMore() {
    analyze(
        (about, marker) -> {
          clipIsReady();
          return Optional.empty(); // it was asked for a moment before
        });

    assertThat(waitingAnalyses()).isEqualTo(1);
  }

  @Test
  void aCardWithoutAClipIsNotWrittenAgainForNothing() {
    analyze(ClipCatalog.NONE);

    assertThat(waitingAnalyses()).isZero();
  }

  private void analyze(ClipCatalog catalog) {
    database.inTransaction(
        () -> {
          new Sessions(database.jdbi())
              .record(
                  project,
                  session,
                  visitOf("alice"),
                  SessionGrowth.NONE,
                  SessionStatus.READY,
                  clock.instant());
          markers.add(
              project,
              session,
              List.of(clustered(Cases.failed(12_000, "POST", "/api/pay", 500), "ck")));
        });
    JobRun run =
        new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters);
    run.run(asked(), job(catalog));
  }

  private JobId asked() {
    EnqueueOutcome outcome =
        outbox.queue.enqueue(ReportCards.job(project, session, Set.of(MARKER)));
    return ((EnqueueOutcome.Enqueued) outcome).id();
  }

  private long waitingAnalyses() {
    return outbox.queries.depths().get(JobKind.ANALYSIS).pending();
  }

  private void clipIsReady() {
    database.inTransaction(
        () ->
            new ReplayResults(artifacts, new RecordedEvents<>(), new SimpleMeterRegistry(), clock)
                .record(
                    new ReplayResult(
                        project,
                        session,
                        RenderTarget.clipOf(MARKER).video(),
                        "artifacts/a/b/c.webm",
                        "test",
                        ArtifactStatus.READY,
                        null,
                        clock.instant(),
                        List.of(new ReplayWindow(6_000, 16_000)))));
  }

  private AnalysisJob job(ClipCatalog catalog) {
    RecordingTimeline timeline =
        new RecordingTimeline(
            database.jdbi(), new MemoryArtifactStore(), RecordingFixture.keys(), new ChunkCodec());
    Clips clips =
        new Clips(
            artifacts, new RenderRequests(outbox.queue, markers, RenderConfig.from(SETTINGS)));
    return new AnalysisJob(
        sessions,
        markers,
        new MarkerMoments(timeline, new ChunkCodec()),
        new RoutePeers(database.jdbi()),
        new ModelAnalyzer(visualOnly(), catalog),
        new EvidenceGate(
            sessions,
            new LiveMoments(timeline, new EventTimes(timeline, new ChunkCodec()), markers)),
        new AnalysisReports(
            cards, new ReportConfig(0), new RecordedEvents<>(), new SimpleMeterRegistry(), clock),
        cards,
        new LookAtClip(cards, clips, SETTINGS),
        clock);
  }

  /** Never asked, because it is shown no clip. */
  private static ModelConfig visualOnly() {
    ModelEndpoint endpoint =
        new ModelEndpoint(new OpenAiServer("http://127.0.0.1:9", ""), "/look", null);
    return new ModelConfig(null, endpoint, Duration.ofSeconds(1), true);
  }
}
