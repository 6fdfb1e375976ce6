package dev.retrospec.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

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

  private static final String END =
      """
      update session set status = 'ready'
      where (project_id, id) in (
        select project_id, id from session
        where status = 'recording' and updated_at <= :before
        order by updated_at
        limit :limit
        for update skip locked)
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public SessionEnding(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
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
    int ended = endSome();
    while (ended > 0) {
      all += ended;
      ended = endSome();
    }
    return all;
  }

  private int endSome() {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(END)
                .bind("before", clock.instant().minus(SILENCE))
                .bind("limit", BATCH)
                .execute());
  }
}
