package dev.retrospec.replays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.replays.rendering.RenderAllowances;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderRequests.Asked;
import dev.retrospec.replays.rendering.RenderResults;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionFixture;
import dev.retrospec.sessions.SessionIndexed;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for and what is known of videos, with a real PostgreSQL. */
class ClipsTest {

  private static final MarkerId MARKER = new MarkerId("Marker:1");
  private static final ReplayWindow WINDOW = new ReplayWindow(1_000, 9_000);
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(SessionFixture.START);
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final Outbox outbox = new Outbox(database, clock, Map.of());
  private final Artifacts artifacts = new Artifacts(database.jdbi());
  private final RenderResults results =
      new RenderResults(
          new ReplayResults(artifacts, new RecordedEvents<>(), new SimpleMeterRegistry(), clock),
          clock);

  @BeforeEach
  void aSession() {
    new RecordingFixture().session(project, session, SessionFixture.START);
  }

  @AfterEach
  void emptyTheOutbox() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void aClipIsKnownByItsMarkerOnceItIsReady() {
    RenderTarget clip = RenderTarget.clipOf(MARKER);
    Clips clips = new Clips(artifacts, requests(Map.of()));
    assertThat(clips.forMarker(project, session, MARKER)).isEmpty();

    results.missed(project, session, clip, "test", ArtifactStatus.FAILED, "no Chromium was found");
    assertThat(clips.forMarker(project, session, MARKER)).isEmpty();

    results.ready(project, session, clip.video(), "artifacts/a/b/c.webm", "test", WINDOW);
    assertThat(clips.forMarker(project, session, MARKER))
        .contains(
            new Clips.Clip(
                clip.video(), clip.poster(), "artifacts/a/b/c.webm", "video/webm", WINDOW));
  }

  @Test
  void aFailureLeavesTheVideoOfBefore() {
    RenderTarget whole = RenderTarget.wholeSession();
    results.ready(project, session, whole.video(), "artifacts/a/b/c.webm", "test", WINDOW);

    results.missed(project, session, whole, "test", ArtifactStatus.FAILED, "killed");

    assertThat(artifacts.find(project, session, "replay_video"))
        .map(ArtifactView::status)
        .contains(ArtifactStatus.READY);
  }

  @Test
  void nothingIsAskedForWhereVideosAreNotMade() {
    RenderRequests off = requests(Map.of());

    assertThat(off.ask(project, session, RenderTarget.wholeSession(), "manual"))
        .isEqualTo(new Asked.Refused(RenderConfig.DISABLED));
    off.onSessionIndexed(new SessionIndexed(project, session));
    off.onReplayReady(new ReplayReady(project, session, ReplayResult.ANALYSIS_JSON));

    assertThat(pending()).isZero();
  }

  @Test
  void theSameVideoIsAskedForOnce() {
    RenderRequests on = requests(Map.of("REPLAY_RENDER_ENABLED", "true"));
    RenderTarget whole = RenderTarget.wholeSession();
    failedAt(MARKER.value());

    assertThat(on.ask(project, session, whole, "manual")).isEqualTo(new Asked.Accepted());
    assertThat(on.ask(project, session, whole, "manual")).isEqualTo(new Asked.Already());
    assertThat(on.ask(project, session, RenderTarget.clipOf(MARKER), "manual"))
        .isEqualTo(new Asked.Accepted());
  }

  @Test
  void aSessionWithoutMarkersIsNotRenderedByItself() {
    requests(Map.of("REPLAY_RENDER_ENABLED", "true"))
        .onSessionIndexed(new SessionIndexed(project, session));

    assertThat(pending()).isZero();
  }

  @Test
  void aSessionWithAFailureGetsItsVideoWhenItEndsAndItsClipWhenItWasAnalysed() {
    failedAt("m1");
    RenderRequests on = requests(Map.of("REPLAY_RENDER_ENABLED", "true"));

    on.onSessionIndexed(new SessionIndexed(project, session));
    on.onReplayReady(new ReplayReady(project, session, ReplayResult.ANALYSIS_JSON));
    on.onReplayReady(new ReplayReady(project, session, RenderTarget.REPLAY_VIDEO));

    assertThat(pending()).isEqualTo(2);
  }

  @Test
  void aJobThatWorksForLongKeepsItsLease() {
    requests(Map.of("REPLAY_RENDER_ENABLED", "true"))
        .ask(project, session, RenderTarget.wholeSession(), "manual");
    Job job =
        outbox.attempts.begin(outbox.enqueued.fired().get(0).signals().get(0).id()).orElseThrow();

    for (int minute = 0; minute < 10; minute++) {
      clock.pass(Duration.ofMinutes(1));
      outbox.attempts.renew(job);
      outbox.sweep.sweep();
      assertThat(outbox.attempts.begin(job.id())).as("in minute " + minute).isEmpty();
    }

    clock.pass(Duration.ofMinutes(3));
    outbox.sweep.sweep();
    assertThat(outbox.attempts.begin(job.id())).as("when its worker has vanished").isPresent();
  }

  @Test
  void noMoreIsTakenInADayThanTheProjectMayHave() {
    RenderAllowances allowances = new RenderAllowances(database.jdbi());
    RenderConfig limits =
        config(Map.of("REPLAY_RENDER_DAILY_SECONDS", "100", "REPLAY_RENDER_DAILY_CLIPS", "2"));

    assertThat(allowances.take(project, DAY, 60, false, limits)).isTrue();
    assertThat(allowances.take(project, DAY, 41, false, limits)).isFalse();
    assertThat(allowances.take(project, DAY, 10, true, limits)).isTrue();
    assertThat(allowances.take(project, DAY, 10, true, limits)).isTrue();
    assertThat(allowances.take(project, DAY, 10, true, limits)).as("a third clip").isFalse();
    allowances.giveBack(project, DAY, 10, true);
    assertThat(allowances.take(project, DAY, 10, true, limits)).isTrue();
    assertThat(allowances.take(project, DAY.plusDays(1), 100, false, limits)).isTrue();
    assertThat(allowances.take(project, DAY.plusDays(2), 101, false, limits)).isFalse();
  }

  @Test
  void artifactsOfAMarkerAreNamedByAWord() {
    assertThat(List.of(RenderTarget.clipOf(MARKER).video(), RenderTarget.clipOf(MARKER).mp4()))
        .allMatch(type -> type.matches("marker_clip(_mp4)?\\.[0-9a-f]{16}"));
    assertThat(RenderTarget.wholeSession().mp4()).isEqualTo("replay_video_mp4");
    assertThat(RenderTarget.isVideo(RenderTarget.clipOf(MARKER).video())).isTrue();
    assertThat(RenderTarget.isVideo("analysis_json")).isFalse();
  }

  @Test
  void aClipIsTheWindowAroundItsMarkerWithinTheSession() {
    RenderConfig config = config(Map.of());

    assertThat(config.around(10_000, 60_000)).isEqualTo(new ReplayWindow(4_000, 14_000));
    assertThat(config.around(2_000, 3_000)).isEqualTo(new ReplayWindow(0, 3_000));
    assertThat(config.around(0, 0)).isEqualTo(new ReplayWindow(0, 500));
  }

  @Test
  void nothingIsMadeOfAMarkerThatTheSessionDoesNotHave() {
    RenderRequests on = requests(Map.of("REPLAY_RENDER_ENABLED", "true"));

    assertThat(on.ask(project, session, RenderTarget.clipOf(MARKER), "manual"))
        .isEqualTo(new Asked.NoSuchMarker());

    assertThat(pending()).isZero();
  }

  private void failedAt(String marker) {
    database.inTransaction(
        () ->
            new ErrorMarkers(database.jdbi())
                .add(
                    project,
                    session,
                    List.of(SessionFixture.clustered(SessionFixture.apiError(marker, 500), "ck"))));
  }

  private long pending() {
    return outbox.queries.depths().get(JobKind.RENDER).pending();
  }

  private RenderRequests requests(Map<String, String> settings) {
    return new RenderRequests(outbox.queue, new ErrorMarkers(database.jdbi()), config(settings));
  }

  private static RenderConfig config(Map<String, String> settings) {
    return RenderConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
  }
}
