package dev.retrospec.web.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/** Answers 429 to a caller that asks too often, before its body is read. */
@Provider
@Priority(Priorities.AUTHENTICATION + 100)
@ApplicationScoped
public class RateLimiting implements ContainerRequestFilter {

  private final RateLimits limits;
  private final Caller caller;

  @Context private HttpServletRequest servletRequest;

  @Inject
  public RateLimiting(RateLimits limits, Caller caller) {
    this.limits = limits;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RateLimiting() {
    this.limits = null;
    this.caller = null;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (caller.isAnyone()) {
      return;
    }
    limits
        .take(
            caller.isAnonymous() ? ClientNetwork.of(servletRequest.getRemoteAddr()) : caller.name())
        .ifPresent(wait -> request.abortWith(refusal(wait)));
  }

  /** Headers as in the IETF's draft "RateLimit header fields for HTTP". */
  private Response refusal(Duration wait) {
    RateLimitConfig config = limits.config();
    long seconds = wait.toSeconds() + 1;
    return Problem.of(Status.TOO_MANY_REQUESTS, "too many requests; try again in " + seconds + " s")
        .response()
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .header("RateLimit", "\"key\";r=0;t=" + seconds)
        .header(
            "RateLimit-Policy", "\"key\";q=" + config.burst() + ";w=" + config.window().toSeconds())
        .build();
  }
}
