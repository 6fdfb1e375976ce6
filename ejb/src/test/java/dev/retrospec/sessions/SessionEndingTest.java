package dev.retrospec.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionEndingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final TestDatabase database = TestDatabase.get();
  private final RecordingFixture recordings = new RecordingFixture();
  private final SessionEnding ending =
      new SessionEnding(
          new Sessions(database.jdbi()),
          new SessionIndexing(new SessionIndexes(database.jdbi()), new RecordedEvents<>()),
          new SettableClock(NOW));
  private final ProjectId project = database.newProject();

  private SessionId silentFor(Duration silence) {
    SessionId session = SessionId.mint();
    recordings.session(project, session, NOW.minus(silence));
    return session;
  }

  private String status(SessionId session) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select status from session where project_id = :project and id = :id")
                    .bind("project", project)
                    .bind("id", session)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void endsASessionAfterHalfAnHourOfSilence() {
    SessionId silent = silentFor(Duration.ofMinutes(30));
    SessionId active = silentFor(Duration.ofMinutes(29));

    assertThat(ending.run()).isPositive();

    assertThat(status(silent)).isEqualTo(SessionStatus.PROCESSING.wireName());
    assertThat(status(active)).isEqualTo(SessionStatus.RECORDING.wireName());
  }

  @Test
  void leavesWhatEndedOtherwiseAsItIs() {
    SessionId failed = silentFor(Duration.ofHours(2));
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("update session set status = 'failed' where id = ?", failed));

    ending.run();

    assertThat(status(failed)).isEqualTo(SessionStatus.FAILED.wireName());
  }

  @Test
  void endsMoreThanOneBatch() {
    recordings.sessions(project, 1_100, NOW.minus(Duration.ofHours(1)));

    assertThat(ending.run()).isGreaterThanOrEqualTo(1_100);
    assertThat(ending.run()).isZero();
  }
}
