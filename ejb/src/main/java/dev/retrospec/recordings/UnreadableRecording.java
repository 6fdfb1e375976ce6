package dev.retrospec.recordings;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** What is stored cannot be opened: its key is gone or wrong, or the bytes were changed. */
public final class UnreadableRecording extends Failure {

  private static final long serialVersionUID = 1L;

  public UnreadableRecording(String message) {
    this(message, null);
  }

  public UnreadableRecording(String message, @Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, message, cause);
  }
}
