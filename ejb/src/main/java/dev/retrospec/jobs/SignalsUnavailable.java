package dev.retrospec.jobs;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The broker does not take signals; jobs wait in the outbox until the next sweep. */
public final class SignalsUnavailable extends Failure {

  private static final long serialVersionUID = 1L;

  public SignalsUnavailable(Throwable cause) {
    super(FailureCode.UNAVAILABLE, "Signals to the workers cannot be sent", cause);
  }
}
