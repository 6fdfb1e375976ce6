package dev.retrospec.web.testruns;

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

/** What a job of a CI asks before it delivers. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@Requires(Access.PUBLIC)
@Tag(name = "ci")
@ApplicationScoped
public class CiHealthResource {

  private final DatabaseHealth database;

  @Inject
  public CiHealthResource(DatabaseHealth database) {
    this.database = database;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CiHealthResource() {
    this.database = null;
  }

  @GET
  @Operation(summary = "200 when runs can be taken in, 503 when PostgreSQL is away")
  public Response health() {
    boolean answers = database.answers();
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.status(answers ? 200 : 503)
        .cacheControl(never)
        .entity(Map.of("status", answers ? "ok" : "down", "service", "retrospec"))
        .build();
  }
}
