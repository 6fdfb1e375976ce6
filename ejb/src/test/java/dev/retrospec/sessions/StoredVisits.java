package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.visit;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits of one project as ingest leaves them in the database, three hours after they began. */
final class StoredVisits {

  static final Instant NOW = START.plus(Duration.ofHours(3));
  static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));

  private final TestDatabase database = TestDatabase.get();
  private final Sessions sessions = new Sessions(database.jdbi());
  private final SessionQueries queries = new SessionQueries(database.jdbi());
  final SessionIndexes indexes = new SessionIndexes(database.jdbi());
  final SessionEnding ending = endingWith(new SettableClock(NOW));
  final ProjectId project = database.newProject();

  SessionEnding endingWith(Clock clock) {
    return new SessionEnding(sessions, new SessionIndexing(indexes, new RecordedEvents<>()), clock);
  }

  void end() {
    ending.run();
    while (ending.index() > 0) {
      // Other tests' sessions may be in front.
    }
  }

  SessionId recorded(Instant heard, String reason) {
    return recorded(heard, reason, START);
  }

  SessionId recorded(Instant heard, String reason, Instant start) {
    SessionId session = SessionId.mint();
    write(session, 0, reason, heard, start);
    return session;
  }

  void write(SessionId session, int number, String reason, Instant heard) {
    write(session, number, reason, heard, START);
  }

  void write(SessionId session, int number, String reason, Instant heard, Instant start) {
    boolean parting = reason.equals("pagehide") || reason.equals("stop");
    sessions.record(
        project,
        session,
        visit("alice", start, Duration.ofMinutes(1)),
        new SessionGrowth(1, 1, 1, new ChunkNumber(number), parting, RecorderCounts.NONE),
        SessionStatus.RECORDING,
        heard);
  }

  void chunk(SessionId session, int seq, int fromS, int toS, boolean snapshot) {
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

  void event(SessionId session, int chunk, int atS, String kind, String text) {
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

  void execute(String sql, Object... arguments) {
    database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
  }

  List<SessionId> found(String text) {
    return queries.search(project, withText(text, 10, null)).items().stream()
        .map(SessionRow::id)
        .toList();
  }

  static SessionFilter withText(String text, int limit, @Nullable Cursor after) {
    return new SessionFilter(
        null, null, null, null, null, List.of(), null, null, null, null, null, null, null, null,
        text, null, null, null, null, null, limit, after);
  }
}
