package dev.retrospec.web.http;

import dev.retrospec.web.http.CiRateLimits.Standing;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/** Answers 429 to an address that asks the CI's routes too often, before its key is looked at. */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
@ApplicationScoped
public class CiRateLimiting implements ContainerRequestFilter, ContainerResponseFilter {

  private static final String STANDING = CiRateLimiting.class.getName();

  private final CiRateLimits limits;

  @Context private ResourceInfo route;
  @Context private HttpServletRequest servletRequest;

  @Inject
  public CiRateLimiting(CiRateLimits limits) {
    this.limits = limits;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CiRateLimiting() {
    this.limits = null;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!route.getResourceMethod().isAnnotationPresent(CiRoute.class)
        && !route.getResourceClass().isAnnotationPresent(CiRoute.class)) {
      return;
    }
    Standing standing = limits.take(servletRequest.getRemoteAddr());
    if (standing == null) {
      return;
    }
    request.setProperty(STANDING, standing);
    if (!standing.mayPass()) {
      long wait = Math.max(1, Duration.between(limits.now(), standing.resetAt()).toSeconds() + 1);
      request.abortWith(
          Problem.of(Status.TOO_MANY_REQUESTS, "Too many requests from this IP")
              .response()
              .header(HttpHeaders.RETRY_AFTER, wait)
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(STANDING) instanceof Standing standing) {
      response.getHeaders().putSingle("X-RateLimit-Limit", standing.limit());
      response.getHeaders().putSingle("X-RateLimit-Remaining", standing.remaining());
      response.getHeaders().putSingle("X-RateLimit-Reset", standing.resetEpochSeconds());
    }
  }
}
