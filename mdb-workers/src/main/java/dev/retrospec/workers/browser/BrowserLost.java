package dev.retrospec.workers.browser;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** The browser ended or was ended while it was needed: the next one begins anew. */
public final class BrowserLost extends Failure {

  private static final long serialVersionUID = 1L;

  BrowserLost(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
  }
}
