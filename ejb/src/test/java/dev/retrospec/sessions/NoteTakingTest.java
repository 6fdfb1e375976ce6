package dev.retrospec.sessions;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.NoteId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoteTakingTest {

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(START.plusSeconds(60));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final SessionNotes notes = new SessionNotes(database.jdbi());
  private final NoteTaking taking =
      new NoteTaking(new SessionQueries(database.jdbi()), notes, clock);

  NoteTakingTest() {
    new Sessions(database.jdbi())
        .record(
            project, session, aVisit(), SessionGrowth.NONE, SessionStatus.READY, clock.instant());
  }

  @Test
  void keepsWhatWasWrittenInTheOrderOfTheReplay() {
    SessionNote later = take(9_000L, "Here the button is dead");
    SessionNote earlier = take(1_000L, "  First visit  ");

    assertThat(notes.of(project, session)).containsExactly(earlier, later);
    assertThat(earlier.text()).isEqualTo("First visit");
    assertThat(earlier.author()).isEqualTo("user:ada");
    assertThat(notes.of(database.newProject(), session)).isEmpty();
  }

  @Test
  void takesANoteAwayOnce() {
    SessionNote note = take(1_000L, "Wrong session");

    remove(note.id());

    assertThat(notes.of(project, session)).isEmpty();
    assertThatThrownBy(() -> remove(note.id())).isInstanceOf(NotFound.class);
  }

  @Test
  void refusesWhatIsNoNote() {
    assertThatThrownBy(() -> take(null, "x")).hasMessageContaining("atMs must be");
    assertThatThrownBy(() -> take(-1L, "x")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> take(0L, " ")).hasMessageContaining("text must be 1 to 2000");
    assertThatThrownBy(() -> take(0L, "x".repeat(2_001))).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> taking.take(project, SessionId.mint(), 0L, "x", "user:ada"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void endsAConversationThatBecameAForum() {
    for (int i = 0; i < NoteTaking.MAX_NOTES; i++) {
      take((long) i, "x");
    }

    assertThatThrownBy(() -> take(0L, "x")).hasMessageContaining("at most 200 notes");
  }

  private SessionNote take(@Nullable Long atMs, String text) {
    return database.inTransaction(() -> taking.take(project, session, atMs, text, "user:ada"));
  }

  private void remove(NoteId note) {
    database.inTransaction(
        () -> {
          taking.remove(project, session, note);
          return note;
        });
  }
}
