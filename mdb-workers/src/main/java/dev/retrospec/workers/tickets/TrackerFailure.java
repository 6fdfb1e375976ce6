package dev.retrospec.workers.tickets;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** A tracker did not do what it was asked. */
public final class TrackerFailure extends Failure {

  private static final long serialVersionUID = 1L;

  private TrackerFailure(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
  }

  static TrackerFailure refused(String tracker, int status, String reason) {
    return new TrackerFailure(tracker + " answered " + status + ": " + reason, null);
  }

  static TrackerFailure unreachable(String tracker, Throwable cause) {
    return new TrackerFailure(tracker + " cannot be reached", cause);
  }

  static TrackerFailure misunderstood(String tracker) {
    return new TrackerFailure(tracker + " answered something else than a ticket", null);
  }
}
