package dev.retrospec.web.snapshots;

import dev.retrospec.ids.SnapshotId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.SnapshotRequests;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Document 002: a job of CI asks for a snapshot when its tests have failed, and waits for it. */
@Path("/snapshot/create")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@CiRoute
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class CreateSnapshotResource {

  private final SnapshotRequests requests;
  private final SnapshotWaits waits;
  private final SnapshotLinks links;
  private final Caller caller;

  @Inject
  public CreateSnapshotResource(
      SnapshotRequests requests, SnapshotWaits waits, SnapshotLinks links, Caller caller) {
    this.requests = requests;
    this.waits = waits;
    this.links = links;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CreateSnapshotResource() {
    this(null, null, null, null);
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(
      summary = "Opens a page in a browser and keeps what it showed; answers when it is done")
  public CompletionStage<Response> create(@Nullable CreateBody body) {
    if (body == null) {
      throw new InvalidRequest("Missing required fields: testRunId, url");
    }
    SnapshotId id = requests.request(caller.project(), body.toSnapshot());
    return waits
        .ended(id, SnapshotRequests.PATIENCE)
        .thenApply(ended -> SnapshotAnswers.ofWait(id, ended, links));
  }
}
