package dev.retrospec.workers.notifications.webhook;

import dev.retrospec.jobs.AsksToWait;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The other side did not take a message, or nobody can tell whether it did. */
public final class NotDelivered extends Failure implements AsksToWait {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;
  private final transient @Nullable Answer answer;
  private final Duration pause;

  private NotDelivered(
      String reason,
      boolean mayHaveArrived,
      @Nullable Answer answer,
      Duration pause,
      @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, reason, cause);
    this.mayHaveArrived = mayHaveArrived;
    this.answer = answer;
    this.pause = pause;
  }

  /** Nothing of it was sent. */
  public static NotDelivered unsent(String reason, @Nullable Throwable cause) {
    return new NotDelivered(reason, false, null, Duration.ZERO, cause);
  }

  /** It was on its way, and no answer came. */
  public static NotDelivered unanswered(String reason, @Nullable Throwable cause) {
    return new NotDelivered(reason, true, null, Duration.ZERO, cause);
  }

  /** The answer was no. Of a gateway that gave up waiting, nobody knows what is behind it. */
  public static NotDelivered refused(Answer answer, Instant now) {
    boolean isGateway = answer.status() == 502 || answer.status() == 504;
    String more = answer.status() / 100 == 3 ? "; redirects are not followed" : "";
    return new NotDelivered(
        "The other server answered " + answer.status() + more,
        isGateway,
        answer,
        answer.retryAfter(now),
        null);
  }

  /** The answer was success, and what it said was not. */
  public static NotDelivered refused(Answer answer, String reason, Duration pause) {
    return new NotDelivered(reason, false, answer, pause, null);
  }

  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }

  /** Null when none came. */
  public @Nullable Answer answer() {
    return answer;
  }

  @Override
  public Duration pause() {
    return pause;
  }
}
