package dev.retrospec.workers.browser;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** The browser ended while it was needed: another attempt may have more luck. */
public final class BrowserLost extends Failure {

  private static final long serialVersionUID = 1L;

  BrowserLost(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
  }
}
