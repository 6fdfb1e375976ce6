package dev.retrospec.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

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

  private static final int BATCH = 500;

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
   * Indexes what has ended.
   *
   * @return how many sessions
   */
  public int index() {
    int all = 0;
    int indexed;
    do {
      indexed = indexing.run();
      all += indexed;
    } while (indexed > 0);
    return all;
  }
}
