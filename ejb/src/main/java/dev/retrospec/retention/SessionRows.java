package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Deletes everything that the database holds of sessions, in one transaction of its own. */
@ApplicationScoped
public class SessionRows {

  private final ExpiredSessions sessions;
  private final Iterable<ExpiringData> features;

  @Inject
  public SessionRows(Jdbi jdbi, Instance<ExpiringData> features) {
    this(jdbi, (Iterable<ExpiringData>) features);
  }

  public SessionRows(Jdbi jdbi, Iterable<ExpiringData> features) {
    this.sessions = new ExpiredSessions(jdbi);
    this.features = features;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionRows() {
    this(null, Set.of());
  }

  /**
   * What was deleted.
   *
   * @param sessions less than asked for when another node is at work on some of them
   */
  public record Outcome(int sessions, Deleted deleted) {

    static final Outcome NOTHING = new Outcome(0, Deleted.NOTHING);
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Outcome delete(ProjectId project, Set<SessionId> wanted) {
    Set<SessionId> locked = sessions.lock(project, wanted);
    if (locked.isEmpty()) {
      return Outcome.NOTHING;
    }
    Deleted deleted = Deleted.NOTHING;
    for (ExpiringData feature : features) {
      deleted = deleted.plus(feature.deleteRows(project, locked));
    }
    sessions.delete(project, locked);
    return new Outcome(locked.size(), deleted);
  }
}
