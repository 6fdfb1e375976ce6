package dev.retrospec.platform.failure;

/** The request says something that cannot be; the message names the field and what it may hold. */
public final class InvalidRequest extends Failure {

  private static final long serialVersionUID = 1L;

  public InvalidRequest(String message) {
    super(FailureCode.INVALID, message);
  }
}
