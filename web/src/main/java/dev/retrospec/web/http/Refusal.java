package dev.retrospec.web.http;

import jakarta.ws.rs.core.Response;

/** An expected outcome that is none of success: answered by the route itself, in the one shape. */
public final class Refusal {

  private Refusal() {}

  public static Response of(Response.StatusType status, String detail) {
    return Problem.of(status, detail).response().build();
  }
}
