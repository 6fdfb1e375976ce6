package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.aVisit;
import static dev.retrospec.sessions.SessionFixture.apiError;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static dev.retrospec.sessions.SessionFixture.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Instant NOW = START.plusSeconds(60);

  private final TestDatabase database = TestDatabase.get();
  private final Sessions sessions = new Sessions(database.jdbi());
  private final ErrorMarkers markers = new ErrorMarkers(database.jdbi());
  private final SessionQueries queries = new SessionQueries(database.jdbi());
  private final ProjectId project = database.newProject();

  @Test
  void whatWasToldIsFoundAgain() {
    SessionId session = record(aVisit(), SessionGrowth.NONE);

    SessionView stored = queries.find(project, session).orElseThrow();

    assertThat(stored.userId()).isEqualTo("alice");
    assertThat(stored.durationMs()).isEqualTo(30_000);
    assertThat(stored.browser()).isEqualTo("Chrome");
    assertThat(stored.tags()).containsExactly("beta");
    assertThat(stored.createdAt()).isEqualTo(NOW);
    assertThat(stored.status()).isEqualTo(SessionStatus.RECORDING);
  }

  @Test
  void timesWidenAndSumsGrow() {
    SessionId session =
        record(aVisit(), grown(0, 10, 500, Map.of("idle", 2L, "oversize", 1L), 1, 4));
    RecordedSession recorded =
        sessions.record(
            project,
            session,
            visit("alice", START.plusSeconds(20), Duration.ofSeconds(40)),
            grown(1, 5, 100, Map.of("idle", 3L), 0, 1),
            SessionStatus.RECORDING,
            NOW);

    SessionView stored = queries.find(project, session).orElseThrow();

    assertThat(recorded)
        .isEqualTo(new RecordedSession(new Visitor("u:alice"), 0, recorded.release()));
    assertThat(stored.startedAt()).isEqualTo(START);
    assertThat(stored.endedAt()).isEqualTo(START.plusSeconds(60));
    assertThat(stored.durationMs()).isEqualTo(60_000);
    assertThat(stored.chunkCount()).isEqualTo(2);
    assertThat(stored.eventCount()).isEqualTo(15);
    assertThat(stored.completeness().dropped())
        .containsOnly(Map.entry("idle", 5L), Map.entry("oversize", 1L));
    assertThat(stored.completeness().masked()).isEqualTo(5);
  }

  @Test
  void inventedReasonsDoNotPileUp() {
    SessionId session = record(aVisit(), SessionGrowth.NONE);
    for (int chunk = 0; chunk < 3; chunk++) {
      Map<String, Long> dropped = new HashMap<>(Map.of("idle", 9L));
      for (int i = 0; i < 29; i++) {
        dropped.put("made-up-" + chunk + "-" + i, 1L);
      }
      sessions.record(
          project,
          session,
          visit("alice", START, Duration.ofSeconds(1)),
          grown(chunk, 1, 1, dropped, 0, 0),
          SessionStatus.RECORDING,
          NOW);
    }

    assertThat(queries.find(project, session).orElseThrow().completeness().dropped())
        .hasSize(50)
        .containsEntry("idle", 27L);
  }

  private static SessionGrowth grown(
      int number, long events, long bytes, Map<String, Long> dropped, long throttled, long masked) {
    return new SessionGrowth(
        1,
        events,
        bytes,
        new ChunkNumber(number),
        false,
        new RecorderCounts(dropped, throttled, Map.of(), masked, 0, 0, 0));
  }

  private SessionId recorded(int... numbers) {
    SessionId session = SessionId.mint();
    for (int number : numbers) {
      SessionGrowth growth = grown(number, 1, 1, Map.of(), 0, 0);
      sessions.record(project, session, aVisit(), growth, SessionStatus.RECORDING, NOW);
    }
    return session;
  }

  private Completeness completeness(SessionId session) {
    return queries.find(project, session).orElseThrow().completeness();
  }

  @Test
  void theChunksOfEachWindowAreExpectedByThemselves() {
    int second = ChunkNumber.SLOT_SIZE;

    Completeness whole = completeness(recorded(0, second, 1, second + 1, 2));
    Completeness lacking = completeness(recorded(0, second + 2, 1, second));

    assertThat(whole.chunksExpected()).isEqualTo(5);
    assertThat(whole.complete()).isTrue();
    assertThat(whole.problems()).isEmpty();
    assertThat(lacking.chunksExpected()).isEqualTo(5);
    assertThat(lacking.complete()).isFalse();
    assertThat(lacking.problems())
        .containsExactly(new Completeness.Problem(Completeness.Code.CHUNKS_MISSING, 1));
  }

  @Test
  void aChunkThatComesLateMakesItsSessionComplete() {
    SessionId session = recorded(0, 2);
    assertThat(completeness(session).complete()).isFalse();

    SessionGrowth late = grown(1, 1, 1, Map.of(), 0, 0);
    sessions.record(project, session, aVisit(), late, SessionStatus.RECORDING, NOW);

    assertThat(completeness(session).complete()).isTrue();
  }

  @Test
  void whatTheRecorderLostOrThinnedOutIsSaidAndOnlyALossMakesItIncomplete() {
    RecorderCounts thinned =
        new RecorderCounts(Map.of("timeline", 4L), 1, Map.of("mouse", 9L), 30, 90, 0, 2);
    RecorderCounts lost = new RecorderCounts(Map.of("quota", 3L), 0, Map.of(), 0, 0, 2, 0);
    SessionId session =
        record(aVisit(), new SessionGrowth(1, 1, 1, new ChunkNumber(0), false, thinned));

    assertThat(completeness(session).complete()).isTrue();
    assertThat(completeness(session).problems())
        .extracting(problem -> problem.code().wireName() + " " + problem.count())
        .containsExactly("reduced 9", "throttled 1", "clock_jumps 2", "timeline_cut 4");

    sessions.record(
        project,
        session,
        aVisit(),
        new SessionGrowth(1, 1, 1, new ChunkNumber(1), false, lost),
        SessionStatus.RECORDING,
        NOW);

    assertThat(completeness(session).complete()).isFalse();
    assertThat(completeness(session).problems())
        .extracting(problem -> problem.code().wireName() + " " + problem.count())
        .startsWith("events_dropped 3", "assets_missing 2");
    assertThat(completeness(session).maskable()).isEqualTo(90);
  }

  @Test
  void theListKnowsWhatIsComplete() {
    SessionId whole = recorded(0, 1);
    SessionId lacking = recorded(0, 2);
    SessionId lossy = record(aVisit(), grown(0, 1, 1, Map.of("quota", 1L), 0, 0));

    assertThat(complete(true)).containsExactly(whole);
    assertThat(complete(false)).containsExactlyInAnyOrder(lacking, lossy);
  }

  private List<SessionId> complete(boolean complete) {
    SessionFilter filter =
        new SessionFilter(
            null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
            null, null, complete, null, null, null, 10, null);
    List<SessionRow> rows = queries.search(project, filter).items();
    assertThat(rows).allMatch(row -> row.completeness().complete() == complete);
    return rows.stream().map(SessionRow::id).toList();
  }

  @Test
  void theSameIdUnderTwoProjectsIsTwoSessions() {
    SessionId session = record(aVisit(), SessionGrowth.NONE);

    assertThat(queries.find(database.newProject(), session)).isEmpty();
  }

  @Test
  void aMarkerIsAddedOnceAndCountedOnce() {
    SessionId session = record(aVisit(), SessionGrowth.NONE);
    var marker = clustered(apiError("m1", 500), "v1:a");

    Set<MarkerId> first = markers.add(project, session, List.of(marker));
    Set<MarkerId> again =
        markers.add(project, session, List.of(marker, clustered(apiError("m2", 404), "v1:b")));

    assertThat(first).containsExactly(new MarkerId("m1"));
    assertThat(again).containsExactly(new MarkerId("m2"));
    assertThat(queries.find(project, session).orElseThrow().markerCount()).isEqualTo(2);
    assertThat(markers.of(project, session))
        .extracting(ErrorMarker::clusterKey)
        .containsExactly(new ClusterKey("v1:a"), new ClusterKey("v1:b"));
  }

  @Test
  void aFailureIsOfTheReleaseThatRanThenHoweverTheVisitGoesOn() {
    Duration length = Duration.ofSeconds(30);
    SessionId session = record(visit("ann", START, length, "1.9"), SessionGrowth.NONE);
    markers.add(project, session, List.of(clustered(apiError("m1", 500), "v1:a")));

    SessionFacts afterTheDeploy = visit("ann", START, length, "2.0");
    sessions.record(
        project, session, afterTheDeploy, SessionGrowth.NONE, SessionStatus.RECORDING, NOW);
    markers.add(project, session, List.of(clustered(apiError("m2", 500), "v1:a")));

    String releases =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select s.first_release || ' ' || s.release || ': '"
                                + " || string_agg(m.id || ' ' || m.release, ', ' order by m.id)"
                                + " from session s join error_marker m using (project_id)"
                                + " where s.project_id = :project group by s.id, s.project_id")
                        .bind("project", project)
                        .mapTo(String.class)
                        .one());
    assertThat(releases).isEqualTo("1.9 2.0: m1 1.9, m2 2.0");
  }

  @Test
  void theListGoesOnWhereThePageEnded() {
    for (int i = 0; i < 5; i++) {
      sessions.record(
          project,
          new SessionId("s" + i),
          visit("u" + i, START.plusSeconds(i), Duration.ofSeconds(1)),
          SessionGrowth.NONE,
          SessionStatus.READY,
          NOW);
    }

    var first = queries.search(project, page(2, null));
    var second = queries.search(project, page(3, Cursor.parse(first.nextCursor())));

    assertThat(first.items()).extracting(row -> row.id().value()).containsExactly("s4", "s3");
    assertThat(second.items())
        .extracting(row -> row.id().value())
        .containsExactly("s2", "s1", "s0");
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void everyFilterNarrowsTheList() {
    SessionId failed = record(aVisit(), SessionGrowth.NONE);
    markers.add(project, failed, List.of(clustered(apiError("m1", 500), "v1:a")));
    record(visit("bob", START, Duration.ofSeconds(5)), SessionGrowth.NONE);

    var asked =
        new SessionFilter(
            "alice",
            "acme",
            START,
            START.plusSeconds(1),
            SessionStatus.RECORDING,
            List.of("beta"),
            true,
            MarkerKind.API_ERROR,
            "Chrome",
            "Windows",
            "Desktop",
            "CHECK",
            "1.4.0",
            "production",
            "answered 500",
            Duration.ofSeconds(30),
            true,
            false,
            "http_status",
            null,
            10,
            null);

    assertThat(queries.search(project, asked).items())
        .extracting(SessionRow::id)
        .containsExactly(failed);
    assertThat(queries.search(project, withText("100%")).items()).isEmpty();
  }

  @Test
  void aForgedCursorIsRefused() {
    assertThatThrownBy(() -> Cursor.parse("bm90IGEgY3Vyc29y")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> Cursor.parse("%%%")).isInstanceOf(InvalidRequest.class);
  }

  private SessionId record(SessionFacts facts, SessionGrowth growth) {
    SessionId session = SessionId.mint();
    sessions.record(project, session, facts, growth, SessionStatus.RECORDING, NOW);
    return session;
  }

  @Test
  void afterThreeSearchesForATextAFourthIsRefusedAndOtherReadsGoOn() throws Exception {
    ExecutorService others = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> searches = new ArrayList<>();
      database.inTransaction(
          () -> {
            execute("lock table session_event in access exclusive mode");
            for (int i = 0; i < 3; i++) {
              searches.add(others.submit(() -> queries.search(project, withText("slow"))));
            }
            await().until(() -> waitingForEvents() == 3);

            assertThatThrownBy(() -> queries.search(project, withText("one more")))
                .isInstanceOf(SearchBusy.class);
            assertThat(queries.search(project, SessionFilter.ALL).items()).isEmpty();
          });
      for (Future<?> search : searches) {
        search.get(10, TimeUnit.SECONDS);
      }
      assertThat(queries.search(project, withText("one more")).items()).isEmpty();
    } finally {
      others.shutdownNow();
    }
  }

  private void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private int waitingForEvents() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from pg_locks"
                            + " where relation = 'session_event'::regclass and not granted")
                    .mapTo(Integer.class)
                    .one());
  }

  private static SessionFilter page(int limit, Cursor after) {
    return new SessionFilter(
        null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, limit, after);
  }

  private static SessionFilter withText(String text) {
    return new SessionFilter(
        null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
        text, null, null, null, null, null, 10, null);
  }
}
