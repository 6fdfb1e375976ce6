package dev.retrospec.recordings;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** More recordings wait for the object store than PostgreSQL may hold. */
public final class SpoolFull extends Failure {

  private static final long serialVersionUID = 1L;

  SpoolFull() {
    super(FailureCode.UNAVAILABLE, "recordings cannot be taken at the moment, send it again later");
  }
}
