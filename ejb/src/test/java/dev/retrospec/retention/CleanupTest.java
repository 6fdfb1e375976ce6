package dev.retrospec.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.RecordingData;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.SpoolConfig;
import dev.retrospec.recordings.packing.RecordingPacker;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupTest {

  private static final Instant NOW = Instant.parse("2026-03-20T10:00:00Z");
  private static final Instant EXPIRED = NOW.minus(Duration.ofDays(7)).minusSeconds(1);
  private static final Instant KEPT = NOW.minus(Duration.ofDays(7));

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final RecordingData recordingData = new RecordingData(database.jdbi(), store);
  private final ProjectId project = database.newProject();
  private final List<ExpiringData> features = new ArrayList<>(List.of(recordingData));

  @BeforeEach
  void emptySpool() {
    recordings.emptySpool();
    // Blocks of other tests, whose objects are in other stores.
    recordingData.sweep(NOW);
  }

  private Cleanup cleanup() {
    SessionRows rows =
        new SessionRows(database.jdbi(), features) {
          @Override
          public Outcome delete(ProjectId project, Set<SessionId> wanted) {
            return database.inTransaction(() -> super.delete(project, wanted));
          }
        };
    return new Cleanup(
        database.jdbi(),
        new SessionErasure(
            rows, features, new ErasedSessions(database.jdbi()), new SettableClock(NOW)),
        features,
        new SettableClock(NOW),
        RetentionConfig.DEFAULT);
  }

  private SessionId session(Instant receivedAt) {
    SessionId session = SessionId.mint();
    recordings.spool(project, session, 0, receivedAt, RecordingFixture.events(1, 2));
    return session;
  }

  private void pack() {
    new RecordingPacker(
            database.jdbi(),
            store,
            new SettableClock(NOW),
            new SimpleMeterRegistry(),
            SpoolConfig.DEFAULT)
        .pack();
  }

  private boolean isStored(SessionId session) {
    return count("session where project_id = :project and id = :session", session) == 1;
  }

  private int count(String from, SessionId session) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from " + from)
                    .bind("project", project)
                    .bind("session", session)
                    .mapTo(Integer.class)
                    .one());
  }

  private Optional<byte[]> read(SessionId session) {
    return new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), new ChunkCodec())
        .zstd(project, session, new ChunkNumber(0));
  }

  private int objects() {
    List<Object> objects = new ArrayList<>();
    store.list("", objects::add);
    return objects.size();
  }

  @Test
  void deletesWhatIsOlderThanTheRetentionAndNothingElse() {
    SessionId old = session(EXPIRED);
    SessionId young = session(KEPT);

    CleanupReport report = cleanup().run(project);

    assertThat(report).isEqualTo(new CleanupReport(1, 0, 0, 0, 0, 0, 7));
    assertThat(isStored(old)).isFalse();
    assertThat(isStored(young)).isTrue();
    assertThat(read(young)).isPresent();
    for (String table :
        List.of("recording_chunk", "recording_payload", "session_key", "session_event")) {
      String ofSession = table + " where project_id = :project and session_id = :session";
      assertThat(count(ofSession, old)).as(table).isZero();
    }
  }

  @Test
  void aSecondRunFindsNothing() {
    session(EXPIRED);
    cleanup().run(project);

    assertThat(cleanup().run(project)).isEqualTo(new CleanupReport(0, 0, 0, 0, 0, 0, 7));
  }

  @Test
  void leavesOtherProjectsAlone() {
    SessionId old = session(EXPIRED);

    cleanup().run(database.newProject());

    assertThat(isStored(old)).isTrue();
  }

  @Test
  void cleansAllProjectsUpByTimer() {
    SessionId old = session(EXPIRED);

    cleanup().runAll();

    assertThat(isStored(old)).isFalse();
  }

  @Test
  void aBlockGoesWithItsLastSession() {
    SessionId first = session(EXPIRED.minusSeconds(60));
    SessionId last = session(KEPT);
    pack();
    assertThat(recordings.blocks(project, first)).isEqualTo(recordings.blocks(project, last));

    CleanupReport report = cleanup().run(project);
    assertThat(report.deletedSessions()).isEqualTo(1);
    assertThat(report.deletedEventObjects()).isZero();
    assertThat(objects()).isEqualTo(1);
    assertThat(read(first)).as("its key is gone").isEmpty();
    assertThat(read(last)).isPresent();

    erase(last);
    assertThat(cleanup().run(project).deletedEventObjects()).isEqualTo(1);
    assertThat(objects()).isZero();
  }

  private void erase(SessionId session) {
    database.inTransaction(() -> recordingData.deleteRows(project, Set.of(session)));
  }

  @Test
  void aBlockThatCannotBeDeletedIsReportedAndTriedAgain() {
    session(EXPIRED);
    pack();

    store.away(true);
    CleanupReport failed = cleanup().run(project);
    assertThat(failed.deletedSessions()).as("people are not kept because a store is away").isOne();
    assertThat(failed.deletedEventObjects()).isZero();
    assertThat(failed.failedEventObjectDelete()).isEqualTo(1);

    store.away(false);
    assertThat(cleanup().run(project).deletedEventObjects()).isEqualTo(1);
    assertThat(objects()).isZero();
  }

  @Test
  void everyFeatureGivesUpObjectsBeforeRows() {
    Watching watching = new Watching();
    features.add(watching);
    SessionId old = session(EXPIRED);

    CleanupReport report = cleanup().run(project);

    assertThat(watching.steps).containsExactly("objects " + old, "rows " + old, "sweep");
    assertThat(report).isEqualTo(new CleanupReport(1, 2, 0, 3, 0, 0, 7));
  }

  @Test
  void aSessionWithAnObjectThatRemainsKeepsItsRowsAndHoldsNobodyUp() {
    Watching watching = new Watching();
    features.add(watching);
    SessionId stuck = session(EXPIRED.minusSeconds(60));
    SessionId free = session(EXPIRED);
    watching.remaining.add(stuck);

    assertThat(cleanup().run(project).deletedSessions()).isEqualTo(1);
    assertThat(isStored(stuck)).isTrue();
    assertThat(read(stuck)).isPresent();
    assertThat(isStored(free)).isFalse();

    watching.remaining.clear();
    assertThat(cleanup().run(project).deletedSessions()).isEqualTo(1);
    assertThat(isStored(stuck)).isFalse();
  }

  @Test
  void aSessionThatCannotBeErasedHoldsNobodyUp() {
    Watching watching = new Watching();
    features.add(watching);
    SessionId poisoned = session(EXPIRED.minusSeconds(60));
    SessionId next = session(EXPIRED);
    watching.poisoned.add(poisoned);

    assertThat(cleanup().run(project).deletedSessions()).isEqualTo(1);

    assertThat(isStored(poisoned)).isTrue();
    assertThat(isStored(next)).isFalse();
    assertThat(watching.steps).endsWith("sweep");
  }

  @Test
  void twoNodesDeleteEverySessionOnce() throws Exception {
    recordings.sessions(project, 250, EXPIRED);
    int deleted = 0;
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      Callable<CleanupReport> node = () -> cleanup().run(project);
      for (Future<CleanupReport> report : nodes.invokeAll(List.of(node, node))) {
        deleted += report.get().deletedSessions();
      }
    } finally {
      nodes.shutdown();
    }
    deleted += cleanup().run(project).deletedSessions();

    assertThat(deleted).isEqualTo(250);
  }

  @Test
  void theSettingsAreDaysAndMinutes() {
    RetentionConfig config =
        RetentionConfig.from(
            Settings.of(
                name ->
                    Optional.ofNullable(
                        Map.of("SESSION_RETENTION_DAYS", "30", "AUTO_CLEANUP_INTERVAL_MINUTES", "0")
                            .get(name))));

    assertThat(config).isEqualTo(new RetentionConfig(30, Duration.ZERO));
    assertThat(RetentionConfig.from(Settings.of(name -> Optional.empty())))
        .isEqualTo(RetentionConfig.DEFAULT);
  }

  /** A feature that writes down what it is asked. */
  private static final class Watching implements ExpiringData {

    private final List<String> steps = new ArrayList<>();
    private final Set<SessionId> remaining = new HashSet<>();
    private final Set<SessionId> poisoned = new HashSet<>();

    @Override
    public ObjectDeletion deleteObjects(ProjectId project, Set<SessionId> sessions) {
      sessions.forEach(session -> steps.add("objects " + session));
      return new ObjectDeletion(Deleted.artifactObjects(3, 0), remaining);
    }

    @Override
    public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
      sessions.forEach(session -> steps.add("rows " + session));
      if (sessions.stream().anyMatch(poisoned::contains)) {
        throw new IllegalStateException("cannot be deleted");
      }
      return Deleted.issueClusters(2);
    }

    @Override
    public Deleted sweep(Instant before) {
      steps.add("sweep");
      return Deleted.NOTHING;
    }
  }
}
