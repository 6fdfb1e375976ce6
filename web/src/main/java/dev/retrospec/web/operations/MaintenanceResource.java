package dev.retrospec.web.operations;

import dev.retrospec.retention.Cleanup;
import dev.retrospec.retention.CleanupReport;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Retention on demand. */
@Path("/v1/maintenance")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "operations")
@ApplicationScoped
public class MaintenanceResource {

  private final Cleanup cleanup;
  private final Caller caller;

  @Inject
  public MaintenanceResource(Cleanup cleanup, Caller caller) {
    this.cleanup = cleanup;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public MaintenanceResource() {
    this.cleanup = null;
    this.caller = null;
  }

  @POST
  @Path("cleanup")
  @Requires(Access.WRITE)
  @Operation(summary = "Deletes what the project keeps longer than SESSION_RETENTION_DAYS")
  public CleanupReport cleanup() {
    return cleanup.run(caller.project());
  }
}
