package dev.retrospec.ingest;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** A project's servers have told as much as is kept of one day. */
public final class TooManyServerErrors extends Failure {

  private static final long serialVersionUID = 1L;

  TooManyServerErrors() {
    super(FailureCode.TOO_MANY, "no more errors are kept today (UTC) for this project");
  }
}
