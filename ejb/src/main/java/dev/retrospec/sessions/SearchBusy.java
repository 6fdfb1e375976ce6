package dev.retrospec.sessions;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** As many searches as may run at once are running. */
public final class SearchBusy extends Failure {

  private static final long serialVersionUID = 1L;

  SearchBusy() {
    super(FailureCode.UNAVAILABLE, "too many searches for a text at once, try again in a moment");
  }
}
