package dev.retrospec.workers.messages.mail;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The mail server did not take the letter. */
public final class LetterUndelivered extends Failure {

  private static final long serialVersionUID = 1L;

  LetterUndelivered(String reason, Throwable cause) {
    super(FailureCode.UNAVAILABLE, reason, cause);
  }
}
