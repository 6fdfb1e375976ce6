package dev.retrospec.testruns;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** Too many runs of tests wait, or one has waited for too long. */
public final class IntakeBusy extends Failure {

  private static final long serialVersionUID = 1L;

  IntakeBusy() {
    super(FailureCode.UNAVAILABLE, "too many runs of tests at once, submit it again in a moment");
  }
}
