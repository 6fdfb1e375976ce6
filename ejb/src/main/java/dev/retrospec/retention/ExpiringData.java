package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.Set;

/**
 * What a feature holds of sessions and gives up with them. One {@code @ApplicationScoped} bean per
 * feature; {@link SessionErasure} and {@link Cleanup} find all of them. The order of the features
 * is not defined, the order of the steps is: all objects, then all rows, then the session's own row
 * (which takes everything that references it along).
 *
 * <p>Every method may be called again for the same sessions and then has nothing to do.
 */
public interface ExpiringData {

  /**
   * Deletes what stands in the object store for these sessions. Called without a transaction. An
   * object that cannot be deleted is counted, never thrown; name its session in the answer, and the
   * session's rows stay until the next run, so that the object is not forgotten.
   */
  default ObjectDeletion deleteObjects(ProjectId project, Set<SessionId> sessions) {
    return ObjectDeletion.NONE;
  }

  /** Deletes or corrects the rows of these sessions, in the caller's transaction. */
  Deleted deleteRows(ProjectId project, Set<SessionId> sessions);

  /**
   * Called once in each run, when the sessions are gone, without a transaction: removes what
   * nothing refers to any more, and what is older than {@code before} and belongs to no session.
   */
  default Deleted sweep(Instant before) {
    return Deleted.NOTHING;
  }
}
