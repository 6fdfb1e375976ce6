package dev.retrospec.sessions;

import dev.retrospec.sessions.IndexFailure.Of;
import dev.retrospec.sessions.SessionIndexes.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
  private static final Duration INDEXING = Duration.ofSeconds(10);

  /** A statement that took too long may have met a busy minute. */
  private static final int MAX_TRIES = 5;

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
   * Indexes of what has ended as much as is done in ten seconds; the rest is for the next call. A
   * session that cannot be indexed does not hold the others up, and a database that cannot serve
   * for now ends the call: neither is the session's fault.
   *
   * @return how many sessions
   */
  public int index() {
    int all = 0;
    Instant end = clock.instant().plus(INDEXING);
    for (Due due : indexing.due(INDEXED_AT_ONCE)) {
      if (!clock.instant().isBefore(end)) {
        return all;
      }
      try {
        all += indexing.run(due) ? 1 : 0;
      } catch (RuntimeException e) {
        IndexFailure failure = IndexFailure.of(e);
        if (failure.of() == Of.DATABASE) {
          LOG.warn("Sessions are indexed later: {}", failure.name());
          return all;
        }
        if (failure.of() == Of.SESSION || indexing.leave(due) >= MAX_TRIES) {
          LOG.error(
              "Session {} of {} cannot be indexed: {}",
              due.session(),
              due.project(),
              failure.name());
          indexing.giveUp(due);
        }
      }
    }
    return all;
  }
}
