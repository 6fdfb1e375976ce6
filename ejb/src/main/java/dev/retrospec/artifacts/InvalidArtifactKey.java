package dev.retrospec.artifacts;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** A text that is no key of the object store. The text itself is not repeated. */
public final class InvalidArtifactKey extends Failure {

  private static final long serialVersionUID = 1L;

  InvalidArtifactKey() {
    super(
        FailureCode.INVALID,
        "artifact key must be segments of letters, digits and . _ : = - separated by /");
  }
}
