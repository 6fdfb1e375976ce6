package dev.retrospec.workers.render;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** There should be a video and there cannot be; another attempt would not help. */
final class NotRenderable extends Failure {

  private static final long serialVersionUID = 1L;

  NotRenderable(String message) {
    super(FailureCode.INVALID, message);
  }
}
