package dev.retrospec.ingest;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** Recordings are not wanted; a recorder stops. */
public final class RecordingUnwanted extends Failure {

  private static final long serialVersionUID = 1L;

  RecordingUnwanted(String why) {
    super(FailureCode.GONE, why);
  }
}
