package dev.retrospec.sessions;

import dev.retrospec.sessions.SessionIndexes.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
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
  private final Event<SessionIndexed> indexed;

  @Inject
  public SessionIndexing(SessionIndexes indexes, Event<SessionIndexed> indexed) {
    this.indexes = indexes;
    this.indexed = indexed;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionIndexing() {
    this.indexes = null;
    this.indexed = null;
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
    boolean isDone = indexes.index(due);
    if (isDone) {
      indexed.fire(new SessionIndexed(due.project(), due.session()));
    }
    return isDone;
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
