package dev.retrospec.web.http;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Shows each request to the {@link Doorman} before its body is read. */
@Provider
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class Authentication implements ContainerRequestFilter {

  private static final String BEARER = "bearer ";

  private final Doorman doorman;
  private final Caller caller;

  @Context private ResourceInfo route;

  @Inject
  public Authentication(Doorman doorman, Caller caller) {
    this.doorman = doorman;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public Authentication() {
    this.doorman = null;
    this.caller = null;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    caller.become(doorman.admit(required(), visit(request)));
  }

  private Access required() {
    Requires onMethod = route.getResourceMethod().getAnnotation(Requires.class);
    Requires rule =
        onMethod != null ? onMethod : route.getResourceClass().getAnnotation(Requires.class);
    if (rule == null) {
      throw Refused.forbidden("this route is closed");
    }
    return rule.value();
  }

  private Visit visit(ContainerRequestContext request) {
    String bearer = bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    String method = request.getMethod();
    return new Visit(
        bearer,
        first(header(request, "X-Retrospec-Admin"), bearer),
        first(header(request, "X-Retrospec-Internal"), bearer),
        first(
            first(header(request, "X-Retrospec-Key"), header(request, "x-api-key")),
            first(bearer, beaconKey(request))),
        user(request.getSecurityContext()),
        project(request),
        request.getUriInfo().getQueryParameters().containsKey("artifactToken"),
        method.equals("GET") || method.equals("HEAD"),
        SameOrigin.holds(
            header(request, "Sec-Fetch-Site"),
            header(request, "Origin"),
            request.getUriInfo().getBaseUri()));
  }

  /** Only where the route says so: a key in an address ends up in logs. */
  private @Nullable String beaconKey(ContainerRequestContext request) {
    return route.getResourceMethod().isAnnotationPresent(TakesBeacons.class)
        ? blankAsNull(request.getUriInfo().getQueryParameters().getFirst("key"))
        : null;
  }

  private static @Nullable ProjectId project(ContainerRequestContext request) {
    String id = blankAsNull(request.getUriInfo().getQueryParameters().getFirst("project"));
    try {
      return id == null ? null : new ProjectId(id);
    } catch (InvalidId invalid) {
      throw new InvalidRequest(invalid.getMessage());
    }
  }

  private static Visit.@Nullable User user(@Nullable SecurityContext security) {
    return security == null || security.getUserPrincipal() == null
        ? null
        : new Visit.User(
            security.getUserPrincipal().getName(),
            security.isUserInRole("viewer"),
            security.isUserInRole("developer"),
            security.isUserInRole("admin"));
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? blankAsNull(authorization.substring(BEARER.length()))
        : null;
  }

  private static @Nullable String header(ContainerRequestContext request, String name) {
    return blankAsNull(request.getHeaderString(name));
  }

  private static @Nullable String blankAsNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }
}
