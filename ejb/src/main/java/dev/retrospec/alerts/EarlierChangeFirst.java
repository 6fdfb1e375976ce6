package dev.retrospec.alerts;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** A change of a message has to wait for the message, or for the change before it. */
public final class EarlierChangeFirst extends Failure {

  private static final long serialVersionUID = 1L;

  EarlierChangeFirst() {
    super(
        FailureCode.UNAVAILABLE, "The message, or its change before this one, is still under way");
  }
}
