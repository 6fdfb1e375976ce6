package dev.retrospec.workers.runs;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** The model's server gave no answer that can be used; another attempt may. */
final class ModelUnavailable extends Failure {

  private static final long serialVersionUID = 1L;

  ModelUnavailable(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
  }
}
