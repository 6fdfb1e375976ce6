package dev.retrospec.web.operations;

import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Requires;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What Prometheus collects. */
@Path("/metrics")
@Requires(Access.METRICS)
@Tag(name = "operations")
@ApplicationScoped
public class MetricsResource {

  private final PrometheusMeterRegistry registry;

  @Inject
  public MetricsResource(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public MetricsResource() {
    this.registry = null;
  }

  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  @Operation(summary = "Counters and gauges in Prometheus' text format")
  public String metrics() {
    return registry.scrape();
  }
}
