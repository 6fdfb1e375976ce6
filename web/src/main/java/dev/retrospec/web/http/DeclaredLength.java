package dev.retrospec.web.http;

import dev.retrospec.recordings.BodyLimits;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses at once what says that it is too long; what lies about it is counted while it is read.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 50)
@ApplicationScoped
public class DeclaredLength implements ContainerRequestFilter {

  /** What {@link BodyBounds} reads with. */
  static final String LIMITS = BodyLimits.class.getName();

  private static final long MIB = 1024 * 1024;

  private final BodyLimits limits;

  @Context private ResourceInfo route;

  @Inject
  public DeclaredLength(BodyLimits limits) {
    this.limits = limits;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public DeclaredLength() {
    this.limits = BodyLimits.DEFAULT;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    BodyLimits ofRoute = ofRoute();
    request.setProperty(LIMITS, ofRoute);
    String declared = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (declared != null && isTooLong(declared, ofRoute)) {
      request.abortWith(
          Problem.of(
                  Status.REQUEST_ENTITY_TOO_LARGE,
                  "the body is larger than " + ofRoute.wireBytes() + " bytes")
              .response()
              .build());
    }
  }

  private BodyLimits ofRoute() {
    BodyLimit own = route.getResourceMethod().getAnnotation(BodyLimit.class);
    return own == null ? limits : new BodyLimits(own.mebibytes() * MIB, own.mebibytes() * MIB);
  }

  private static boolean isTooLong(String declared, BodyLimits limits) {
    try {
      return Long.parseLong(declared) > limits.wireBytes();
    } catch (NumberFormatException notANumber) {
      // The server refuses such a request before it comes here.
      return false;
    }
  }
}
