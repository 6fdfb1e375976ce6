package dev.retrospec.projects;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** Somebody else has changed the rules since they were read. */
public final class ChangedMeanwhile extends Failure {

  private static final long serialVersionUID = 1L;

  ChangedMeanwhile() {
    super(FailureCode.CONFLICT, "the rules have been changed meanwhile; read them again");
  }
}
