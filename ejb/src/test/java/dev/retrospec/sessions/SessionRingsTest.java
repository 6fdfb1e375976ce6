package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.StoredVisits.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRingsTest {

  private final StoredVisits visits = new StoredVisits();
  private final SessionQueries queries = new SessionQueries(TestDatabase.get().jdbi());
  private final SessionRings rings = new SessionRings(TestDatabase.get().jdbi());
  private final ProjectId project = visits.project;

  @Test
  void ofARingTheLastTenMinutesAreKeptFromAFullSnapshotOn() {
    SessionId ring = visits.recorded(NOW, "interval");
    SessionId whole = visits.recorded(NOW, "interval");
    SessionId imported = visits.recorded(NOW, "interval");
    for (SessionId session : List.of(ring, whole, imported)) {
      for (int minute = 0; minute < 20; minute++) {
        visits.chunk(session, minute, minute * 60, minute * 60 + 59, minute % 5 == 0);
      }
      visits.chunk(session, ChunkNumber.SLOT_SIZE, 30, 90, true);
      visits.event(session, 3, 200, "console", "long ago");
      visits.event(session, 12, 730, "console", "just now");
    }
    visits.execute(
        "update session set ended_at = ?, event_count = 63, chunk_count = 21, stored_bytes = 21"
            + " where project_id = ?",
        START.plusSeconds(1_199),
        project);
    visits.execute(
        "insert into recording_rules (project_id, policy) values (?, 'ring')"
            + " on conflict (project_id) do update set policy = 'ring'",
        project);
    visits.execute("update session set status = 'ready', index_due = false where id = ?", whole);
    visits.execute("update session set index_due = false where id = ?", imported);
    visits.execute("update recording_chunk set reason = 'import' where session_id = ?", imported);

    rings.prune();
    rings.prune();

    // Ten minutes before the end is in minute 9; the full snapshot before it is in minute 5.
    assertThat(numbers(ring)).startsWith(5).endsWith(19).hasSize(15);
    assertThat(view(ring).completeness().chunksOmitted()).isEqualTo(6);
    assertThat(view(ring).eventCount()).isEqualTo(45);
    assertThat(visits.found("\"long ago\"")).isEmpty();
    assertThat(visits.found("\"just now\"")).containsExactly(ring);
    assertThat(numbers(whole)).as("over before the project kept rings").hasSize(21);
    assertThat(numbers(imported)).as("a file, of which all is there").hasSize(21);
  }

  @Test
  void aRingThatIsShortEnoughIsLeftAlone() {
    SessionId ring = ringOfTwentyMinutes();
    assertThat(rings.prune()).isPositive();

    assertThat(rings.prune()).as("the snapshot before the kept minutes stays").isZero();
    assertThat(numbers(ring)).startsWith(5);
  }

  @Test
  void aChunkThatCameAgainWhileItWasLetGoStopsNothingAndCountsOnce() {
    SessionId ring = ringOfTwentyMinutes();
    rings.prune();
    visits.chunk(ring, 2, 120, 179, false);
    visits.execute("update session set chunk_count = chunk_count + 1 where id = ?", ring);

    rings.prune();

    assertThat(numbers(ring)).startsWith(5).hasSize(15);
    assertThat(view(ring).completeness().chunksOmitted()).isEqualTo(5);
    assertThat(view(ring).completeness().chunksReceived()).isEqualTo(20);
  }

  @Test
  void manyRingsAreCutInOneCall() {
    for (int i = 0; i < 250; i++) {
      SessionId session = visits.recorded(NOW, "interval");
      visits.chunk(session, 0, 0, 59, true);
      visits.chunk(session, 1, 500, 900, true);
    }
    keepRings(1_199);

    assertThat(rings.prune()).isEqualTo(250);
  }

  private SessionId ringOfTwentyMinutes() {
    SessionId ring = visits.recorded(NOW, "interval");
    for (int minute = 0; minute < 20; minute++) {
      visits.chunk(ring, minute, minute * 60, minute * 60 + 59, minute % 5 == 0);
    }
    visits.execute("update session set chunk_count = 20 where id = ?", ring);
    keepRings(1_199);
    return ring;
  }

  private void keepRings(int endedAtS) {
    visits.execute(
        "update session set ended_at = ? where project_id = ?",
        START.plusSeconds(endedAtS),
        project);
    visits.execute(
        "insert into recording_rules (project_id, policy) values (?, 'ring')"
            + " on conflict (project_id) do update set policy = 'ring'",
        project);
  }

  private List<Integer> numbers(SessionId session) {
    return TestDatabase.get()
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

  private SessionView view(SessionId session) {
    return queries.find(project, session).orElseThrow();
  }
}
