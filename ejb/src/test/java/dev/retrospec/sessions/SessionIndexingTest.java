package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.StoredVisits.AN_HOUR_AGO;
import static dev.retrospec.sessions.StoredVisits.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.RecordingDigests.Digest;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionIndexingTest {

  private final StoredVisits visits = new StoredVisits();
  private final SessionIndexes indexes = visits.indexes;
  private final SessionQueries queries = new SessionQueries(TestDatabase.get().jdbi());
  private final ProjectId project = visits.project;

  @Test
  void anEndedSessionIsIndexedOnceAndReady() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(session, 0, 0, 9, true);
    visits.chunk(session, 1, 60, 69, false);
    visits.event(session, 0, 1, "navigation", "https://shop.example/cart");
    visits.event(session, 0, 2, "navigation", "https://shop.example/cart");
    visits.event(session, 0, 3, "navigation", "https://shop.example/pay");

    assertThat(indexes.find(project, session)).isEmpty();
    visits.end();

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
    SessionId empty = visits.recorded(AN_HOUR_AGO, "interval");
    SessionId blind = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(blind, 0, 0, 9, false);

    visits.end();

    assertThat(status(empty)).isEqualTo(SessionStatus.FAILED);
    assertThat(view(empty).statusReason()).isEqualTo("no_events");
    assertThat(view(blind).statusReason()).isEqualTo("no_full_snapshot");
  }

  @Test
  void aVisitThatSaidGoodbyeInEveryWindowEndsSooner() {
    Instant sixMinutesAgo = NOW.minus(Duration.ofMinutes(6));
    SessionId left = visits.recorded(sixMinutesAgo, "pagehide");
    SessionId stays = visits.recorded(sixMinutesAgo, "interval");
    SessionId otherTab = visits.recorded(sixMinutesAgo, "stop");
    visits.write(otherTab, ChunkNumber.SLOT_SIZE, "interval", sixMinutesAgo);
    SessionId nextPage = visits.recorded(sixMinutesAgo, "pagehide");
    visits.write(nextPage, 1, "interval", sixMinutesAgo);
    SessionId justLeft = visits.recorded(NOW.minus(Duration.ofMinutes(4)), "pagehide");

    visits.ending.run();

    assertThat(status(left)).isEqualTo(SessionStatus.PROCESSING);
    assertThat(List.of(stays, otherTab, nextPage, justLeft))
        .allSatisfy(other -> assertThat(status(other)).isEqualTo(SessionStatus.RECORDING));
  }

  @Test
  void aChunkThatComesLateOpensItsSessionAgainAndItIsIndexedAgain() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "pagehide");
    visits.chunk(session, 0, 0, 9, true);
    visits.end();

    visits.write(session, 1, "pagehide", NOW.minus(Duration.ofMinutes(10)));
    assertThat(status(session)).isEqualTo(SessionStatus.RECORDING);
    assertThat(indexes.find(project, session)).isEmpty();
    visits.event(session, 1, 70, "console", "the late word");
    assertThat(found("late")).containsExactly(session);
    visits.end();

    assertThat(status(session)).isEqualTo(SessionStatus.READY);
    assertThat(found("late")).containsExactly(session);
  }

  @Test
  void aSessionThatCannotBeIndexedFailsAndHoldsNobodyUp() {
    SessionId bad = visits.recorded(AN_HOUR_AGO, "interval");
    SessionId good = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(good, 0, 0, 9, true);
    visits.event(good, 0, 1, "console", "well said");
    visits.execute(
        "alter table session_index add constraint refuses check (session_id <> '%s')"
            .formatted(bad.value()));
    try {
      visits.end();
    } finally {
      visits.execute("alter table session_index drop constraint refuses");
    }

    assertThat(status(good)).isEqualTo(SessionStatus.READY);
    assertThat(found("said")).containsExactly(good);
    assertThat(status(bad)).isEqualTo(SessionStatus.FAILED);
    assertThat(view(bad).statusReason()).isEqualTo("not_indexable");
    assertThat(indexes.due(1_000)).extracting(SessionIndexes.Due::session).doesNotContain(bad);
  }

  @Test
  void aDatabaseThatCannotServeForNowIsNoSessionsFault() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(session, 0, 0, 9, true);

    whileIndexingRaises(session, "40P01", visits::end);
    assertThat(status(session)).isEqualTo(SessionStatus.PROCESSING);

    visits.end();
    assertThat(status(session)).isEqualTo(SessionStatus.READY);
  }

  @Test
  void aSessionThatTakesTooLongIsTriedAFewTimes() {
    SessionId slow = visits.recorded(AN_HOUR_AGO, "interval");
    SessionId never = visits.recorded(AN_HOUR_AGO, "interval");
    SessionId good = visits.recorded(AN_HOUR_AGO, "interval");
    List.of(slow, never, good).forEach(session -> visits.chunk(session, 0, 0, 9, true));

    whileIndexingRaises(
        never,
        "57014",
        () -> {
          whileIndexingRaises(slow, "57014", visits::end);
          assertThat(status(good)).isEqualTo(SessionStatus.READY);
          assertThat(status(slow)).isEqualTo(SessionStatus.PROCESSING);
          for (int i = 0; i < 5; i++) {
            visits.end();
          }
        });

    assertThat(status(slow)).isEqualTo(SessionStatus.READY);
    assertThat(view(never).statusReason()).isEqualTo("not_indexable");
  }

  @Test
  void aCallEndsAfterTenSeconds() {
    for (int i = 0; i < 5; i++) {
      visits.chunk(visits.recorded(AN_HOUR_AGO, "interval"), 0, 0, 9, true);
    }
    visits.ending.run();

    assertThat(visits.endingWith(new SettableClock(NOW, Duration.ofSeconds(4))).index())
        .isEqualTo(2);
  }

  @Test
  void ofFailuresInALoopTheFirstThousandsAreRead() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(session, 0, 0, 9, true);
    visits.execute(
        """
        insert into error_marker (project_id, session_id, id, kind, cluster_key, label, route,
          replay_offset_ms, observed_at)
        select ?, ?, 'mrk_' || lpad(n::text, 5, '0'), 'js_exception', 'k', 'loop' || n, '/', 0,
          now()
        from generate_series(1, 2_001) n""",
        project,
        session);

    visits.end();

    assertThat(found("loop2000")).containsExactly(session);
    assertThat(found("loop2001")).isEmpty();
  }

  /** What no index holds may be written without touching one (heap-only tuples). */
  @Test
  void aChunkTouchesNoIndexOfItsSession() {
    Integer untouched =
        TestDatabase.get()
            .inTransaction(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
                    visits.write(session, 1, "interval", AN_HOUR_AGO.plusSeconds(9));
                  }
                  return TestDatabase.get()
                      .jdbi()
                      .withHandle(
                          handle ->
                              handle
                                  .createQuery(
                                      "select pg_stat_get_xact_tuples_hot_updated("
                                          + "cast('session' as regclass))")
                                  .mapTo(Integer.class)
                                  .one());
                });

    assertThat(untouched).as("a page may be full now and then").isPositive();
  }

  private void whileIndexingRaises(SessionId session, String state, Runnable task) {
    String name = "raises_" + session.value().replace('-', '_');
    visits.execute(
        """
        create function %1$s() returns trigger language plpgsql as $$ begin
          if new.session_id = '%2$s' then raise exception using errcode = '%3$s'; end if;
          return new;
        end $$"""
            .formatted(name, session.value(), state));
    visits.execute(
        "create trigger %1$s before insert on session_index for each row execute function %1$s()"
            .formatted(name));
    try {
      task.run();
    } finally {
      visits.execute("drop function %s() cascade".formatted(name));
    }
  }

  @Test
  void thoseThatBeganLastAreIndexedFirst() {
    SessionId old = visits.recorded(AN_HOUR_AGO, "interval", START.minusSeconds(9));
    SessionId fresh = visits.recorded(AN_HOUR_AGO, "interval");
    visits.ending.run();

    assertThat(indexes.due(1_000))
        .extracting(SessionIndexes.Due::session)
        .containsSubsequence(fresh, old);
  }

  @Test
  void pagesInALoopFillNoDigest() {
    SessionId session = visits.recorded(AN_HOUR_AGO, "interval");
    visits.chunk(session, 0, 0, 9, true);
    visits.execute(
        """
        insert into session_event (project_id, session_id, chunk_seq, ordinal, at, kind, text)
        select ?, ?, 0, n, now(), 'navigation', 'https://shop.example/' || n || repeat('x', 900)
        from generate_series(1, 1_000) n""",
        project,
        session);

    visits.end();

    List<PageVisit> pages = indexes.find(project, session).orElseThrow().pages();
    assertThat(pages).hasSize(500).allSatisfy(page -> assertThat(page.url()).hasSize(500));
  }

  private SessionView view(SessionId session) {
    return queries.find(project, session).orElseThrow();
  }

  private SessionStatus status(SessionId session) {
    return view(session).status();
  }

  private List<SessionId> found(String text) {
    return visits.found(text);
  }
}
