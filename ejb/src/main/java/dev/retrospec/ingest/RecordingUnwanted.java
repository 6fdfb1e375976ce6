package dev.retrospec.ingest;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** This project does not want recordings now; a recorder stops. */
public final class RecordingUnwanted extends Failure {

  private static final long serialVersionUID = 1L;

  RecordingUnwanted() {
    super(FailureCode.GONE, "recording is switched off for this project");
  }
}
