package dev.retrospec.platform.failure;

/** Somebody else has changed it since the version that the caller saw; nothing was stored. */
public final class ChangedMeanwhile extends Failure {

  private static final long serialVersionUID = 1L;

  public ChangedMeanwhile(String what) {
    super(FailureCode.CONFLICT, what + " changed meanwhile; nothing was stored");
  }
}
