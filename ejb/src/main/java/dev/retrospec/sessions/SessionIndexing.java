package dev.retrospec.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

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

  /**
   * Indexes some of the sessions that have ended.
   *
   * @return how many; zero when there are none, or others are at them
   */
  @Transactional
  public int run() {
    return indexes.indexSome();
  }
}
