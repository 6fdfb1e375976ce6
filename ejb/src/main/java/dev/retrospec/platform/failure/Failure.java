package dev.retrospec.platform.failure;

import org.jspecify.annotations.Nullable;

/**
 * The parent of every exception that RetroSpec throws on purpose. The message is written for the
 * caller and may be shown; it never holds a key, a body or a person's data. Unchecked, so that a
 * transaction which it leaves is rolled back.
 */
public abstract class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  protected Failure(FailureCode code, String message) {
    this(code, message, null);
  }

  protected Failure(FailureCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
