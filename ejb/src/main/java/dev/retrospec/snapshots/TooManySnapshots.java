package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** A project asks for more snapshots at once than it may; it can ask again when one is done. */
public final class TooManySnapshots extends Failure {

  private static final long serialVersionUID = 1L;

  TooManySnapshots(int most) {
    super(
        FailureCode.TOO_MANY,
        "the project waits for " + most + " snapshots already: ask again when one is done");
  }
}
