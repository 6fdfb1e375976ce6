package dev.retrospec.workers.notifications.webhook;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The other server answered, but not with success. */
public final class WebhookRefused extends Failure {

  private static final long serialVersionUID = 1L;

  private final int status;

  WebhookRefused(int status) {
    super(FailureCode.UNAVAILABLE, "The webhook answered " + status);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
