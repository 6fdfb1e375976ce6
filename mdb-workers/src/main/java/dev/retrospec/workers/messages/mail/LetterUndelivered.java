package dev.retrospec.workers.messages.mail;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The mail server did not take the letter. */
public final class LetterUndelivered extends Failure {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  LetterUndelivered(String reason, boolean mayHaveArrived, Throwable cause) {
    super(FailureCode.UNAVAILABLE, reason, cause);
    this.mayHaveArrived = mayHaveArrived;
  }

  /** Whether the connection was lost while the letter was on its way. */
  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}
