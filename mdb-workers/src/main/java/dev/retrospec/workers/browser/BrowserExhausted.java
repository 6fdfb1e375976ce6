package dev.retrospec.workers.browser;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The page took more than one page may, so that the browser was killed: the next time, too. */
public final class BrowserExhausted extends Failure {

  private static final long serialVersionUID = 1L;

  BrowserExhausted(String message) {
    super(FailureCode.INVALID, message);
  }
}
