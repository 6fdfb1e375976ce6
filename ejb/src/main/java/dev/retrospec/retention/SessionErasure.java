package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/**
 * Deletes sessions with everything that any feature holds of them: objects first, rows after, so
 * that a crash in between leaves rows from which the next run goes on. Call it without a
 * transaction; it begins its own.
 */
@ApplicationScoped
public class SessionErasure {

  private final SessionRows rows;
  private final Iterable<ExpiringData> features;
  private final ErasedSessions erased;
  private final Clock clock;

  @Inject
  public SessionErasure(
      SessionRows rows, Instance<ExpiringData> features, ErasedSessions erased, Clock clock) {
    this(rows, (Iterable<ExpiringData>) features, erased, clock);
  }

  public SessionErasure(
      SessionRows rows, Iterable<ExpiringData> features, ErasedSessions erased, Clock clock) {
    this.rows = rows;
    this.features = features;
    this.erased = erased;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionErasure() {
    this(null, Set.of(), null, null);
  }

  /**
   * Erases one session because somebody asked for it: from now on, nothing more is taken in for it
   * either.
   *
   * @return whether all of it is gone; else ask again later
   */
  public boolean eraseForGood(ProjectId project, SessionId session) {
    erased.add(project, session, clock.instant());
    return erase(project, Set.of(session)).sessions() > 0;
  }

  /**
   * Erases what can be erased now. A session with an object that could not be deleted keeps its
   * rows.
   */
  public SessionRows.Outcome erase(ProjectId project, Set<SessionId> sessions) {
    Deleted deleted = Deleted.NOTHING;
    Set<SessionId> free = new HashSet<>(sessions);
    for (ExpiringData feature : features) {
      ObjectDeletion objects = feature.deleteObjects(project, sessions);
      deleted = deleted.plus(objects.deleted());
      free.removeAll(objects.remaining());
    }
    SessionRows.Outcome outcome = rows.delete(project, free);
    return new SessionRows.Outcome(outcome.sessions(), deleted.plus(outcome.deleted()));
  }
}
