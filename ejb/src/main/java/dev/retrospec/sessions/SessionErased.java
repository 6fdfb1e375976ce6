package dev.retrospec.sessions;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** The session was erased and must not come back; a recorder stops. */
public final class SessionErased extends Failure {

  private static final long serialVersionUID = 1L;

  SessionErased() {
    super(FailureCode.GONE, "this session was erased");
  }
}
