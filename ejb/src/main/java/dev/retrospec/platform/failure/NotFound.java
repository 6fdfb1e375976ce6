package dev.retrospec.platform.failure;

/** What was asked for is not there, or belongs to another project: a caller cannot tell which. */
public final class NotFound extends Failure {

  private static final long serialVersionUID = 1L;

  public NotFound(String what) {
    super(FailureCode.NOT_FOUND, what + " not found");
  }
}
