package dev.retrospec.replays;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.retention.ObjectDeletion;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayResultsTest {

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(60));
  private final ProjectId project = database.newProject();
  private final SessionId session = newSession(project);
  private final Artifacts artifacts = new Artifacts(database.jdbi());
  private final RecordedEvents<ReplayReady> ready = new RecordedEvents<>();
  private final ReplayResults results =
      new ReplayResults(artifacts, ready, new SimpleMeterRegistry(), clock);

  @Test
  void whatWasRecordedIsFoundAndAnnounced() {
    ArtifactView stored = results.record(result("k1", ArtifactStatus.READY, null));

    assertThat(artifacts.of(project, session)).containsExactly(stored);
    assertThat(stored.windows()).containsExactly(new ReplayWindow(1_000, 9_000));
    assertThat(ready.fired())
        .containsExactly(new ReplayReady(project, session, ReplayResult.ANALYSIS_JSON));
  }

  @Test
  void aLaterResultReplacesTheOneOfItsTypeAndKeepsItsId() {
    ArtifactView first = results.record(result("", ArtifactStatus.FAILED, "no events"));
    clock.pass(Duration.ofSeconds(5));
    ArtifactView second = results.record(result("k2", ArtifactStatus.READY, null));

    assertThat(artifacts.of(project, session)).containsExactly(second);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertThat(second.updatedAt()).isAfter(first.updatedAt());
    assertThat(second.reason()).isNull();
  }

  @Test
  void aSessionOfAnotherProjectIsNotThere() {
    ReplayResult foreign =
        new ReplayResult(
            database.newProject(),
            session,
            ReplayResult.ANALYSIS_JSON,
            "k",
            "manual",
            ArtifactStatus.READY,
            null,
            null,
            List.of());

    assertThatThrownBy(() -> results.record(foreign)).isInstanceOf(NotFound.class);
  }

  @Test
  void aReadyArtifactNeedsAKeyAndATypeIsAWord() {
    assertThatThrownBy(() -> result(" ", ArtifactStatus.READY, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(
            () ->
                new ReplayResult(
                    project,
                    session,
                    "../x",
                    "k",
                    "t",
                    ArtifactStatus.READY,
                    null,
                    null,
                    List.of()))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void aJobThatIsGivenUpLeavesAFailedArtifactButNeverSpoilsAReadyOne() {
    Outbox outbox = new Outbox(database, clock, Map.of("REPLAY_MAX_ATTEMPTS", "1"));
    outbox.givenUp.observedBy(results::onGivenUp);

    giveUp(outbox, "m1");
    assertThat(artifacts.of(project, session))
        .singleElement()
        .satisfies(
            artifact -> {
              assertThat(artifact.status()).isEqualTo(ArtifactStatus.FAILED);
              assertThat(artifact.reason()).isEqualTo("store away");
              assertThat(artifact.triggerKind()).isEqualTo("ingest");
            });

    results.record(result("k1", ArtifactStatus.READY, null));
    giveUp(outbox, "m2");
    assertThat(artifacts.of(project, session))
        .extracting(ArtifactView::status)
        .containsExactly(ArtifactStatus.READY);
  }

  @Test
  void objectsGoBeforeRowsAndOnlyTheSessionsOwn() {
    MemoryArtifactStore store = new MemoryArtifactStore();
    ArtifactKey own = ArtifactObjects.key(project, session, "analysis_json.json");
    ArtifactKey foreign = ArtifactKey.of("blocks", "1");
    store.put(own, new byte[1], "application/json");
    store.put(foreign, new byte[1], "application/json");
    results.record(result(own.value(), ArtifactStatus.READY, null));
    results.record(
        new ReplayResult(
            project,
            session,
            "replay_video",
            foreign.value(),
            "t",
            ArtifactStatus.READY,
            null,
            null,
            List.of()));
    ReplayData data = new ReplayData(artifacts, store);

    store.away(true);
    ObjectDeletion whileAway = data.deleteObjects(project, Set.of(session));
    store.away(false);
    ObjectDeletion after = data.deleteObjects(project, Set.of(session));
    data.deleteRows(project, Set.of(session));

    assertThat(whileAway.remaining()).containsExactly(session);
    assertThat(after.deleted().artifactObjects()).isEqualTo(1);
    assertThat(store.info(own)).isEmpty();
    assertThat(store.info(foreign)).isPresent();
    assertThat(artifacts.of(project, session)).isEmpty();
  }

  @Test
  void theSweepOfOrphansKnowsTheObjectsThatHaveARow() {
    ArtifactKey known = ArtifactObjects.key(project, session, "analysis_json.json");
    ArtifactKey orphan = ArtifactObjects.key(project, session, "other.json");
    results.record(result(known.value(), ArtifactStatus.READY, null));

    assertThat(new ArtifactObjects(artifacts).known(Set.of(known, orphan))).containsExactly(known);
  }

  private void giveUp(Outbox outbox, String marker) {
    EnqueueOutcome.Enqueued job =
        (EnqueueOutcome.Enqueued)
            outbox.queue.enqueue(
                ReplayRequests.job(project, session, Set.of(new MarkerId(marker)), "ingest"));
    outbox.attempts.fail(outbox.attempts.begin(job.id()).orElseThrow(), "store away");
  }

  private ReplayResult result(String key, ArtifactStatus status, @Nullable String reason) {
    return new ReplayResult(
        project,
        session,
        ReplayResult.ANALYSIS_JSON,
        key,
        "ingest",
        status,
        reason,
        null,
        List.of(new ReplayWindow(1_000, 9_000)));
  }

  private SessionId newSession(ProjectId in) {
    SessionId id = SessionId.mint();
    new Sessions(database.jdbi())
        .record(in, id, aVisit(), SessionGrowth.NONE, SessionStatus.RECORDING, clock.instant());
    return id;
  }
}
