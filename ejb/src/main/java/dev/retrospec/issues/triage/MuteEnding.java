package dev.retrospec.issues.triage;

import dev.retrospec.issues.IssueMuteEnded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/**
 * Opens issues whose mute is over by its own condition. Readers see them as open before that; this
 * writes it down and says so. Safe on several nodes: a mute ends once.
 */
@ApplicationScoped
public class MuteEnding {

  /** A transaction's worth; the rest waits for the next call. */
  private static final int AT_ONCE = 500;

  private final IssueMutes mutes;
  private final Event<IssueMuteEnded> ended;
  private final Clock clock;

  @Inject
  public MuteEnding(IssueMutes mutes, Event<IssueMuteEnded> ended, Clock clock) {
    this.mutes = mutes;
    this.ended = ended;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MuteEnding() {
    this(null, null, null);
  }

  /** Ends what is over by now. */
  @Transactional
  public int run() {
    List<IssueMuteEnded> over = mutes.end(clock.instant(), AT_ONCE);
    over.forEach(ended::fire);
    return over.size();
  }
}
