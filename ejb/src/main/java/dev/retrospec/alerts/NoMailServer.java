package dev.retrospec.alerts;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;

/** E-mail is to be sent, and the server no longer has an {@code SMTP_HOST}. */
public final class NoMailServer extends Failure {

  private static final long serialVersionUID = 1L;

  NoMailServer() {
    super(FailureCode.UNAVAILABLE, "The server has no SMTP_HOST to send e-mail by");
  }
}
