package dev.retrospec.web.http;

import dev.retrospec.platform.telemetry.RequestsUnderWay;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.TimeUnit;

/** Counts and times answers by method, route and status. Ids of an address never become labels. */
@Provider
@Priority(1)
@ApplicationScoped
public class RequestMetrics implements ContainerRequestFilter, ContainerResponseFilter {

  private static final String ROUTE = RequestMetrics.class.getName() + ".route";
  private static final String BEGIN = RequestMetrics.class.getName() + ".begin";

  private final MeterRegistry meters;
  private final RequestsUnderWay underWay;

  @Context private ResourceInfo resource;

  @Inject
  public RequestMetrics(MeterRegistry meters, RequestsUnderWay underWay) {
    this.meters = meters;
    this.underWay = underWay;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RequestMetrics() {
    this.meters = null;
    this.underWay = null;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    underWay.begin();
    request.setProperty(BEGIN, System.nanoTime());
    request.setProperty(ROUTE, template(resource));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    // What matches no route has no template.
    Object route = request.getProperty(ROUTE);
    String name = route == null ? "unmatched" : route.toString();
    String status = Integer.toString(response.getStatus());
    String method = route == null ? "any" : request.getMethod();
    meters
        .counter("retrospec.http.requests", "method", method, "route", name, "status", status)
        .increment();
    if (request.getProperty(BEGIN) instanceof Long begin) {
      underWay.end();
      meters
          .timer("retrospec.http.request.duration", "method", method, "route", name)
          .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }
  }

  private static String template(ResourceInfo resource) {
    Path ofClass = resource.getResourceClass().getAnnotation(Path.class);
    Path ofMethod = resource.getResourceMethod().getAnnotation(Path.class);
    String tail = ofMethod == null ? "" : "/" + ofMethod.value();
    return ((ofClass == null ? "" : ofClass.value()) + tail).replaceAll("/{2,}", "/");
  }
}
