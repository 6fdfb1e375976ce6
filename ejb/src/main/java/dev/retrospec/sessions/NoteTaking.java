package dev.retrospec.sessions;

import dev.retrospec.ids.NoteId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** People write down what they see at a moment of a session, for those who look after them. */
@ApplicationScoped
public class NoteTaking {

  static final int MAX_TEXT = 2_000;

  /** Of one session: it is a conversation about a failure, not a forum. */
  static final int MAX_NOTES = 200;

  private static final long MAX_AT_MS = 7L * 24 * 60 * 60 * 1000;

  private final SessionQueries sessions;
  private final SessionNotes notes;
  private final Clock clock;

  @Inject
  public NoteTaking(SessionQueries sessions, SessionNotes notes, Clock clock) {
    this.sessions = sessions;
    this.notes = notes;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected NoteTaking() {
    this(null, null, null);
  }

  /**
   * Adds a note.
   *
   * @param atMs milliseconds since the session's start
   * @throws InvalidRequest when text or moment are out of range, or the session has too many notes
   * @throws NotFound when the project has no such session
   */
  @Transactional
  public SessionNote take(
      ProjectId project,
      SessionId session,
      @Nullable Long atMs,
      @Nullable String text,
      String author) {
    if (atMs == null || atMs < 0 || atMs > MAX_AT_MS) {
      throw new InvalidRequest("atMs must be 0 to " + MAX_AT_MS);
    }
    if (text == null || text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
      throw new InvalidRequest("text must be 1 to " + MAX_TEXT + " characters");
    }
    sessions.find(project, session).orElseThrow(() -> new NotFound("session"));
    // As precise as the database: what is answered is what will be read.
    SessionNote note =
        new SessionNote(
            NoteId.mint(),
            atMs,
            text.strip(),
            author,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!notes.add(project, session, note, MAX_NOTES)) {
      throw new InvalidRequest("a session has at most " + MAX_NOTES + " notes");
    }
    return note;
  }

  /**
   * Takes a note away.
   *
   * @throws NotFound when the session has no such note
   */
  @Transactional
  public void remove(ProjectId project, SessionId session, NoteId note) {
    if (!notes.delete(project, session, note)) {
      throw new NotFound("note");
    }
  }
}
