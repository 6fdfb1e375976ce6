package dev.retrospec.workers.browser;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** This installation has no browser; the message says what to do about it. */
public final class NoBrowser extends Failure {

  private static final long serialVersionUID = 1L;

  NoBrowser(String message) {
    super(FailureCode.UNAVAILABLE, message);
  }
}
