package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The page stands where the browser may not go for this project. */
public final class AddressNotAllowed extends Failure {

  private static final long serialVersionUID = 1L;

  public AddressNotAllowed(String host) {
    super(
        FailureCode.FORBIDDEN,
        "snapshots of "
            + host
            + " are not allowed: it is a private address or not on the project's list");
  }
}
