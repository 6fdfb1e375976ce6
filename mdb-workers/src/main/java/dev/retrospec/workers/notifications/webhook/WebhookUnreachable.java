package dev.retrospec.workers.notifications.webhook;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** No answer came from the other server in time. */
public final class WebhookUnreachable extends Failure {

  private static final long serialVersionUID = 1L;

  WebhookUnreachable(Throwable cause) {
    super(FailureCode.UNAVAILABLE, "The webhook cannot be reached", cause);
  }
}
