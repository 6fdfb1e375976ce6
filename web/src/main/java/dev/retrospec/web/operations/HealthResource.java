package dev.retrospec.web.operations;

import dev.retrospec.platform.persistence.DatabaseHealth;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What load balancers and the launcher ask. */
@Path("/healthz")
@Produces(MediaType.APPLICATION_JSON)
@Requires(Access.PUBLIC)
@Tag(name = "operations")
@ApplicationScoped
public class HealthResource {

  private final DatabaseHealth database;

  @Inject
  public HealthResource(DatabaseHealth database) {
    this.database = database;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public HealthResource() {
    this.database = null;
  }

  @GET
  @Operation(summary = "200 when requests can be served, 503 when PostgreSQL is away")
  public Response health() {
    boolean answers = database.answers();
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.status(answers ? 200 : 503)
        .cacheControl(never)
        .entity(answers ? Map.of("status", "ok") : Map.of("status", "down", "database", "away"))
        .build();
  }
}
