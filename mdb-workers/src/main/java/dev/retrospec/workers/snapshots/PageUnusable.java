package dev.retrospec.workers.snapshots;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The page cannot be captured, and another attempt would not change that. */
final class PageUnusable extends Failure {

  private static final long serialVersionUID = 1L;

  PageUnusable(String message) {
    super(FailureCode.INVALID, message);
  }
}
