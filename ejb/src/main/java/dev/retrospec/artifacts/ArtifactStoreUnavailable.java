package dev.retrospec.artifacts;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** The object store does not answer, or answers that it cannot now. Trying again later is right. */
public final class ArtifactStoreUnavailable extends Failure {

  private static final long serialVersionUID = 1L;

  public ArtifactStoreUnavailable(@Nullable Throwable cause) {
    super(FailureCode.UNAVAILABLE, "the object store is not available", cause);
  }
}
