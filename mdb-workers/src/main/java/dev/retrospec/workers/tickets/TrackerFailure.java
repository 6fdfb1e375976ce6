package dev.retrospec.workers.tickets;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tracker did not do what it was asked. */
public final class TrackerFailure extends Failure {

  private static final long serialVersionUID = 1L;

  /** What another attempt would hear, too: of these, nobody's patience helps. */
  private static final Set<Integer> FINAL = Set.of(400, 401, 404, 410, 422);

  private final boolean isFinal;

  private TrackerFailure(String message, boolean isFinal, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
    this.isFinal = isFinal;
  }

  /** Whether somebody has to change something before another attempt can do better. */
  boolean isFinal() {
    return isFinal;
  }

  static TrackerFailure refused(String tracker, int status, String reason) {
    String meaning =
        switch (status) {
          case 401 -> "; the token is wrong or has run out";
          case 403 -> "; the token may not do this, or too much was asked";
          case 404 -> "; there is nothing there, or the token does not see it";
          default -> "";
        };
    return new TrackerFailure(
        tracker + " answered " + status + " (" + reason + ")" + meaning,
        FINAL.contains(status),
        null);
  }

  /** It answered, but what it said is no place for tickets. */
  static TrackerFailure unfit(String tracker, String reason) {
    return new TrackerFailure(tracker + ": " + reason, true, null);
  }

  static TrackerFailure unreachable(String tracker, Throwable cause) {
    return new TrackerFailure(tracker + " cannot be reached", false, cause);
  }

  /** A ticket may have been made, which the tracker does not find yet: a second one is worse. */
  static TrackerFailure unsure(String tracker) {
    return new TrackerFailure(
        tracker + " does not tell yet whether the ticket was made; look there", false, null);
  }

  static TrackerFailure misunderstood(String tracker) {
    return new TrackerFailure(tracker + " answered something else than a ticket", false, null);
  }
}
