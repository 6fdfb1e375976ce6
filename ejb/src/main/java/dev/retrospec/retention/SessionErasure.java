package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
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

  @Inject
  public SessionErasure(SessionRows rows, Instance<ExpiringData> features) {
    this(rows, (Iterable<ExpiringData>) features);
  }

  public SessionErasure(SessionRows rows, Iterable<ExpiringData> features) {
    this.rows = rows;
    this.features = features;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionErasure() {
    this(null, Set.of());
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
