package dev.retrospec.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Ends the sessions from which nothing has come for a while: nobody says goodbye on the web. A
 * chunk that comes after all opens its session again. Safe on several nodes; call it without a
 * transaction.
 */
@ApplicationScoped
public class SessionEnding {

  /** As long as the SDK keeps a session alive without a sign of the visitor. */
  public static final Duration SILENCE = Duration.ofMinutes(30);

  private static final int BATCH = 500;

  private final Sessions sessions;
  private final Clock clock;

  @Inject
  public SessionEnding(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionEnding() {
    this(null, null);
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
      ended = sessions.endIdle(clock.instant().minus(SILENCE), BATCH);
      all += ended;
    } while (ended > 0);
    return all;
  }
}
