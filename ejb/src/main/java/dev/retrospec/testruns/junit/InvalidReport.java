package dev.retrospec.testruns.junit;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** A report that is no JUnit XML, or has more in it than a report may have. */
public final class InvalidReport extends Failure {

  private static final long serialVersionUID = 1L;

  InvalidReport(String message) {
    super(FailureCode.INVALID, message);
  }
}
