package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.apiError;
import static dev.retrospec.sessions.SessionFixture.clustered;
import static dev.retrospec.sessions.SessionFixture.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.recordings.RecordingDigests.Digest;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionIndexingTest {

  private static final Instant NOW = START.plus(Duration.ofHours(3));

  private final TestDatabase database = TestDatabase.get();
  private final Sessions sessions = new Sessions(database.jdbi());
  private final SessionIndexes indexes = new SessionIndexes(database.jdbi());
  private final SessionEnding ending =
      new SessionEnding(sessions, new SessionIndexing(indexes), new SettableClock(NOW));
  private final SessionQueries queries = new SessionQueries(database.jdbi());
  private final ProjectId project = database.newProject();

  @Test
  void anEndedSessionIsIndexedOnceAndReady() {
    SessionId session = recorded(NOW.minus(Duration.ofHours(1)), "interval");
    chunk(session, 0, 0, 9, true);
    chunk(session, 1, 60, 69, false);
    event(session, 0, 1, "navigation", "https://shop.example/cart");
    event(session, 0, 2, "navigation", "https://shop.example/cart");
    event(session, 0, 3, "navigation", "https://shop.example/pay");

    assertThat(indexes.find(project, session)).isEmpty();
    end();

    assertThat(status(session)).isEqualTo(SessionStatus.READY);
    assertThat(indexes.find(project, session))
        .contains(
            new Digest(
                List.of(
                    new PageVisit(START.plusSeconds(1), "https://shop.example/cart"),
                    new PageVisit(START.plusSeconds(3), "https://shop.example/pay")),
                List.of(new IdlePeriod(START.plusSeconds(9), START.plusSeconds(60)))));
  }

  @Test
  void aSessionOfWhichNothingCanBeReplayedFailsWithItsReason() {
    SessionId empty = recorded(NOW.minus(Duration.ofHours(1)), "interval");
    SessionId blind = recorded(NOW.minus(Duration.ofHours(1)), "interval");
    chunk(blind, 0, 0, 9, false);

    end();

    assertThat(status(empty)).isEqualTo(SessionStatus.FAILED);
    assertThat(view(empty).statusReason()).isEqualTo("no_events");
    assertThat(view(blind).statusReason()).isEqualTo("no_full_snapshot");
  }

  @Test
  void ofARingTheLastTenMinutesAreKeptFromAFullSnapshotOn() {
    SessionId ring = recorded(NOW, "interval");
    SessionId whole = recorded(NOW, "interval");
    SessionId imported = recorded(NOW, "interval");
    for (SessionId session : List.of(ring, whole, imported)) {
      for (int minute = 0; minute < 20; minute++) {
        chunk(session, minute, minute * 60, minute * 60 + 59, minute % 5 == 0);
      }
      chunk(session, ChunkNumber.SLOT_SIZE, 30, 90, true);
      event(session, 3, 200, "console", "long ago");
      event(session, 12, 730, "console", "just now");
    }
    execute(
        "update session set ended_at = ?, event_count = 63, chunk_count = 21, stored_bytes = 21"
            + " where project_id = ?",
        START.plusSeconds(1_199),
        project);
    execute(
        "insert into recording_rules (project_id, policy) values (?, 'ring')"
            + " on conflict (project_id) do update set policy = 'ring'",
        project);
    execute("update session set status = 'ready', index_due = false where id = ?", whole);
    execute("update session set index_due = false where id = ?", imported);
    execute("update recording_chunk set reason = 'import' where session_id = ?", imported);

    SessionRings rings = new SessionRings(database.jdbi());
    rings.prune();
    rings.prune();

    // Ten minutes before the end is in minute 9; the full snapshot before it is in minute 5.
    assertThat(numbers(ring)).startsWith(5).endsWith(19).hasSize(15);
    assertThat(view(ring).completeness().chunksOmitted()).isEqualTo(6);
    assertThat(view(ring).eventCount()).isEqualTo(45);
    assertThat(found("\"long ago\"")).isEmpty();
    assertThat(found("\"just now\"")).containsExactly(ring);
    assertThat(numbers(whole)).as("over before the project kept rings").hasSize(21);
    assertThat(numbers(imported)).as("a file, of which all is there").hasSize(21);
  }

  private void execute(String sql, Object... arguments) {
    database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
  }

  private List<Integer> numbers(SessionId session) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select seq from recording_chunk where project_id = :project"
                            + " and session_id = :session order by seq")
                    .bind("project", project)
                    .bind("session", session)
                    .mapTo(Integer.class)
                    .list());
  }

  @Test
  void aVisitThatSaidGoodbyeInEveryWindowEndsSooner() {
    Instant sixMinutesAgo = NOW.minus(Duration.ofMinutes(6));
    SessionId left = recorded(sixMinutesAgo, "pagehide");
    SessionId stays = recorded(sixMinutesAgo, "interval");
    SessionId otherTab = recorded(sixMinutesAgo, "stop");
    write(otherTab, ChunkNumber.SLOT_SIZE, "interval", sixMinutesAgo);
    SessionId nextPage = recorded(sixMinutesAgo, "pagehide");
    write(nextPage, 1, "interval", sixMinutesAgo);
    SessionId justLeft = recorded(NOW.minus(Duration.ofMinutes(4)), "pagehide");

    ending.run();

    assertThat(status(left)).isEqualTo(SessionStatus.PROCESSING);
    assertThat(List.of(stays, otherTab, nextPage, justLeft))
        .allSatisfy(other -> assertThat(status(other)).isEqualTo(SessionStatus.RECORDING));
  }

  @Test
  void aChunkThatComesLateOpensItsSessionAgainAndItIsIndexedAgain() {
    SessionId session = recorded(NOW.minus(Duration.ofHours(1)), "pagehide");
    chunk(session, 0, 0, 9, true);
    end();

    write(session, 1, "pagehide", NOW.minus(Duration.ofMinutes(10)));
    assertThat(status(session)).isEqualTo(SessionStatus.RECORDING);
    assertThat(indexes.find(project, session)).isEmpty();
    event(session, 1, 70, "console", "the late word");
    assertThat(found("late")).containsExactly(session);
    end();

    assertThat(status(session)).isEqualTo(SessionStatus.READY);
    assertThat(found("late")).containsExactly(session);
  }

  @Test
  void whatWasSaidIsFoundWhetherTheSessionHasEndedOrNot() {
    SessionId ended = recorded(NOW.minus(Duration.ofHours(1)), "interval");
    SessionId going = recorded(NOW, "interval");
    for (SessionId session : List.of(ended, going)) {
      event(session, 0, 1, "console", "Card DECLINED by issuer 50%");
      event(session, 0, 2, "navigation", "https://shop.example/orders/4711/pay");
      event(session, 0, 3, "click", "Place order");
      event(session, 0, 4, "click", "node 77");
      new ErrorMarkers(database.jdbi())
          .add(project, session, List.of(clustered(apiError("m1", 503), "v1:a")));
    }
    end();

    assertThat(status(going)).isEqualTo(SessionStatus.RECORDING);
    for (String text :
        List.of("declined", "issuer card", "orders/47", "\"place order\"", "answered 503", "50%")) {
      assertThat(found(text)).as(text).containsExactlyInAnyOrder(ended, going);
    }
    assertThat(found("\"order place\"")).isEmpty();
    assertThat(found("card nobody")).isEmpty();
    assertThat(found("5_%")).isEmpty();
    assertThat(found("ok")).isEmpty();
  }

  @Test
  void pagesOfASearchFollowEachOtherBeyondTheWalk() {
    List<SessionId> newestFirst = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      SessionId session =
          recorded(NOW.minus(Duration.ofHours(1)), "interval", START.minusSeconds(i));
      event(session, 0, 1, "console", i % 3 == 0 ? "a rare pearl" : "gravel");
      if (i % 3 == 0) {
        newestFirst.add(session);
      }
    }
    end();

    for (int walk : new int[] {1, 4, 1_000}) {
      SessionQueries walking = new SessionQueries(database.jdbi(), walk);
      Page<SessionRow> first = walking.search(project, withText("pearl", 4, null));
      Page<SessionRow> second =
          walking.search(project, withText("pearl", 4, Cursor.parse(first.nextCursor())));
      Page<SessionRow> last =
          walking.search(project, withText("pearl", 4, Cursor.parse(second.nextCursor())));

      List<SessionId> all = new ArrayList<>();
      List.of(first, second, last).forEach(page -> page.items().forEach(row -> all.add(row.id())));
      assertThat(all).as("walk of " + walk).isEqualTo(newestFirst);
      assertThat(last.nextCursor()).isNull();
    }
  }

  @Test
  void aProjectFindsOnlyItsOwn() {
    SessionId session = recorded(NOW.minus(Duration.ofHours(1)), "interval");
    event(session, 0, 1, "console", "secretword");
    end();

    assertThat(found("secretword")).containsExactly(session);
    assertThat(queries.search(database.newProject(), withText("secretword", 10, null)).items())
        .isEmpty();
  }

  private void end() {
    ending.run();
    database.inTransaction(ending::index);
  }

  private SessionId recorded(Instant heard, String reason) {
    return recorded(heard, reason, START);
  }

  private SessionId recorded(Instant heard, String reason, Instant start) {
    SessionId session = SessionId.mint();
    write(session, 0, reason, heard, start);
    return session;
  }

  private void write(SessionId session, int number, String reason, Instant heard) {
    write(session, number, reason, heard, START);
  }

  private void write(SessionId session, int number, String reason, Instant heard, Instant start) {
    boolean parting = reason.equals("pagehide") || reason.equals("stop");
    sessions.record(
        project,
        session,
        visit("alice", start, Duration.ofMinutes(1)),
        new SessionGrowth(1, 1, 1, new ChunkNumber(number), parting, RecorderCounts.NONE),
        SessionStatus.RECORDING,
        heard);
  }

  private void chunk(SessionId session, int seq, int fromS, int toS, boolean snapshot) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into recording_chunk (project_id, session_id, seq, window_id, sha256,
                      event_count, first_event_at, last_event_at, has_full_snapshot,
                      inflated_bytes, stored_bytes, received_at)
                    values (?, ?, ?, 'w', 'x', 3, ?, ?, ?, 1, 1, ?)""",
                    project,
                    session,
                    seq,
                    START.plusSeconds(fromS),
                    START.plusSeconds(toS),
                    snapshot,
                    NOW));
  }

  private void event(SessionId session, int chunk, int atS, String kind, String text) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into session_event (project_id, session_id, chunk_seq, ordinal, at,
                      kind, text) values (?, ?, ?, ?, ?, ?, ?)""",
                    project,
                    session,
                    chunk,
                    atS,
                    START.plusSeconds(atS),
                    kind,
                    text));
  }

  private SessionView view(SessionId session) {
    return queries.find(project, session).orElseThrow();
  }

  private SessionStatus status(SessionId session) {
    return view(session).status();
  }

  private List<SessionId> found(String text) {
    return queries.search(project, withText(text, 10, null)).items().stream()
        .map(SessionRow::id)
        .toList();
  }

  private static SessionFilter withText(String text, int limit, @Nullable Cursor after) {
    return new SessionFilter(
        null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
        text, null, null, null, null, null, limit, after);
  }
}
