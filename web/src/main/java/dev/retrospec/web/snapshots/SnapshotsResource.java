package dev.retrospec.web.snapshots;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.snapshots.SnapshotArtifact;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.SnapshotObjects;
import dev.retrospec.snapshots.Snapshots;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.snapshots.SnapshotAnswers.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Snapshots that were taken. */
@Path("/v1/snapshots")
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class SnapshotsResource {

  /** What was captured never changes. */
  private static final String CACHE = "private, max-age=86400, immutable";

  /** The snapshots of a run. */
  public record SnapshotList(List<Snapshot> snapshots) {}

  private final Snapshots snapshots;
  private final SnapshotLinks links;
  private final ArtifactStore store;
  private final Caller caller;

  @Inject
  public SnapshotsResource(
      Snapshots snapshots, SnapshotLinks links, ArtifactStore store, Caller caller) {
    this.snapshots = snapshots;
    this.links = links;
    this.store = store;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public SnapshotsResource() {
    this(null, null, null, null);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Access.READ)
  @Operation(summary = "The snapshots of a test run, with fresh links")
  public SnapshotList ofRun(@QueryParam("testRunId") @Nullable TestRunId run) {
    if (run == null) {
      throw new InvalidRequest("testRunId is needed");
    }
    return new SnapshotList(
        snapshots.ofRun(caller.project(), run).stream()
            .map(view -> SnapshotAnswers.of(view, links))
            .toList());
  }

  @GET
  @Path("{snapshotID}")
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Access.READ)
  @Operation(summary = "A snapshot, with fresh links")
  public Snapshot one(@PathParam("snapshotID") SnapshotId id) {
    return snapshots
        .find(caller.project(), id)
        .map(view -> SnapshotAnswers.of(view, links))
        .orElseThrow(() -> new NotFound("snapshot"));
  }

  @GET
  @Path("{snapshotID}/{artifact}")
  @Requires(Access.READ_OR_TOKEN)
  @Operation(summary = "screenshot, html, har, console or dom; by a key or by a signed link")
  public Response bytes(
      @PathParam("snapshotID") SnapshotId id,
      @PathParam("artifact") String name,
      @QueryParam("artifactToken") @Nullable String token) {
    SnapshotArtifact artifact =
        SnapshotArtifact.fromWireName(name).orElseThrow(() -> new NotFound("artifact"));
    ProjectId project = token == null ? caller.project() : projectOf(token, id, artifact);
    ArtifactContent content =
        snapshots
            .find(project, id)
            .filter(view -> view.objects().containsKey(artifact))
            .flatMap(view -> store.open(SnapshotObjects.key(project, id, artifact)))
            .orElseThrow(() -> new NotFound("artifact"));
    StreamingOutput body =
        out -> {
          try (content) {
            content.stream().transferTo(out);
          }
        };
    return Response.ok(body)
        .type(artifact.contentType())
        .header(HttpHeaders.CONTENT_LENGTH, content.lengthBytes())
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .build();
  }

  private ProjectId projectOf(String token, SnapshotId id, SnapshotArtifact artifact) {
    return links
        .projectOf(token, id, artifact)
        .orElseThrow(
            () ->
                new NotAuthorizedException(
                    "the link does not open this or has expired", "Bearer realm=\"retrospec\""));
  }
}
