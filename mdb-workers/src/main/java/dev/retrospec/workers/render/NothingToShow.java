package dev.retrospec.workers.render;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** There is nothing to make a video of, or nobody wants one: no other attempt would change that. */
final class NothingToShow extends Failure {

  private static final long serialVersionUID = 1L;

  NothingToShow(String message) {
    super(FailureCode.INVALID, message);
  }
}
