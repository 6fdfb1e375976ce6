package dev.retrospec.web.http;

import jakarta.ws.rs.core.Response;

/** A request that is turned away at the door; the message may be shown. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Response.StatusType status;

  private Refused(Response.StatusType status, String message) {
    super(message);
    this.status = status;
  }

  static Refused unauthorized(String message) {
    return new Refused(Response.Status.UNAUTHORIZED, message);
  }

  static Refused forbidden(String message) {
    return new Refused(Response.Status.FORBIDDEN, message);
  }

  Response.StatusType status() {
    return status;
  }
}
