package dev.retrospec.sessions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;

/** Notes which releases have come into use. Safe on several nodes. */
@ApplicationScoped
public class ReleaseSighting {

  /** Longer than a timer may be late; a server that was away for longer calls {@link #catchUp}. */
  static final Duration LOOK_BACK = Duration.ofMinutes(15);

  /** As long as sessions are kept by default; older ones have been looked at. */
  static final Duration CATCH_UP = Duration.ofDays(7);

  private final Releases releases;
  private final Clock clock;

  @Inject
  public ReleaseSighting(Releases releases, Clock clock) {
    this.releases = releases;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ReleaseSighting() {
    this(null, null);
  }

  /** Looks at what has come in lately. */
  @Transactional
  public void run() {
    releases.sight(clock.instant().minus(LOOK_BACK));
  }

  /** Looks at what came in while no server may have looked. */
  @Transactional
  public void catchUp() {
    releases.sight(clock.instant().minus(CATCH_UP));
  }
}
