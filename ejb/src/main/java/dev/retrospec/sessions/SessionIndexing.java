package dev.retrospec.sessions;

import dev.retrospec.sessions.SessionIndexes.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * The one step after a session's end. Doing it again gives the same; several nodes take different
 * sessions.
 */
@ApplicationScoped
public class SessionIndexing {

  private final SessionIndexes indexes;

  @Inject
  public SessionIndexing(SessionIndexes indexes) {
    this.indexes = indexes;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionIndexing() {
    this.indexes = null;
  }

  /** What is to be indexed, at most so many, those that began last first. */
  List<Due> due(int limit) {
    return indexes.due(limit);
  }

  /**
   * Indexes a session.
   *
   * @return false when it was done meanwhile, or others are at it
   */
  @Transactional
  boolean run(Due due) {
    return indexes.index(due);
  }

  /**
   * Leaves a session for the next call.
   *
   * @return how often it was left by now
   */
  @Transactional
  int leave(Due due) {
    return indexes.tried(due);
  }

  /** Ends the work on a session that cannot be indexed. */
  @Transactional
  void giveUp(Due due) {
    indexes.giveUp(due);
  }
}
