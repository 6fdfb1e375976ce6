package dev.retrospec.platform.openai;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** The model's server gave no answer that can be used; another attempt may. */
public final class ModelUnavailable extends Failure {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  public ModelUnavailable(String message) {
    this(message, null);
  }

  public ModelUnavailable(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
    refused = false;
  }

  ModelUnavailable(int status) {
    super(FailureCode.UNAVAILABLE, "The model answered " + status);
    refused = status == 400 || status == 413 || status == 422;
  }

  /**
   * Whether it is the request itself that the server does not take, a text too long for example.
   */
  public boolean isRefusal() {
    return refused;
  }
}
