package dev.retrospec.sessions;

import dev.retrospec.sessions.SessionIndexes.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions from which nothing has come for a while, and indexes them: not everybody says
 * goodbye on the web. A chunk that comes after all opens its session again. Safe on several nodes;
 * call it without a transaction.
 */
@ApplicationScoped
public class SessionEnding {

  /** As long as the SDK keeps a session alive without a sign of the visitor. */
  public static final Duration SILENCE = Duration.ofMinutes(30);

  /** All windows have gone; within this time the next page of the visit says that it goes on. */
  public static final Duration GOODBYE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(SessionEnding.class);

  private static final int BATCH = 500;
  private static final int INDEXED_AT_ONCE = 1_000;

  private final Sessions sessions;
  private final SessionIndexing indexing;
  private final Clock clock;

  @Inject
  public SessionEnding(Sessions sessions, SessionIndexing indexing, Clock clock) {
    this.sessions = sessions;
    this.indexing = indexing;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionEnding() {
    this(null, null, null);
  }

  /**
   * Ends what is over by now.
   *
   * @return how many sessions
   */
  public int run() {
    int all = 0;
    int ended;
    do {
      Instant now = clock.instant();
      ended = sessions.endIdle(now.minus(SILENCE), now.minus(GOODBYE), BATCH);
      all += ended;
    } while (ended > 0);
    return all;
  }

  /**
   * Indexes of what has ended as much as is done in a few seconds; the rest is for the next call. A
   * session that cannot be indexed does not hold the others up.
   *
   * @return how many sessions
   */
  public int index() {
    int all = 0;
    for (Due due : indexing.due(INDEXED_AT_ONCE)) {
      try {
        all += indexing.run(due) ? 1 : 0;
      } catch (RuntimeException e) {
        LOG.error("Session {} of {} cannot be indexed: {}", due.session(), due.project(), why(e));
        indexing.giveUp(due);
      }
    }
    return all;
  }

  /** Without the message, because PostgreSQL's may quote what a visitor saw. */
  private static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String name = cause.getClass().getName();
    return cause instanceof SQLException sql ? name + " " + sql.getSQLState() : name;
  }
}
