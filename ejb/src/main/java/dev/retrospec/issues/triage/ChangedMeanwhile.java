package dev.retrospec.issues.triage;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** Somebody else has decided since the version that the caller saw; nothing was changed. */
public final class ChangedMeanwhile extends Failure {

  private static final long serialVersionUID = 1L;

  ChangedMeanwhile() {
    super(FailureCode.CONFLICT, "The issue has been changed meanwhile; read it again");
  }
}
