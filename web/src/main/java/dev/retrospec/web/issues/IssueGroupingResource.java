package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.GroupingView;
import dev.retrospec.issues.IssueGrouping;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Why the failures of an issue are one, and that some are not. */
@Path("/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "issues")
@ApplicationScoped
public class IssueGroupingResource {

  /** Why. */
  public record Why(GroupingView grouping) {}

  /**
   * What is not one with the issue.
   *
   * @param partKey one of the grouping's aliases
   */
  public record Separation(
      @Nullable String partKey, @Nullable String note, @Nullable String createdBy) {}

  private final IssueGrouping grouping;
  private final GroupingDecisions decisions;
  private final Actors actors;
  private final Caller caller;

  @Inject
  public IssueGroupingResource(
      IssueGrouping grouping, GroupingDecisions decisions, Actors actors, Caller caller) {
    this.grouping = grouping;
    this.decisions = decisions;
    this.actors = actors;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public IssueGroupingResource() {
    this.grouping = null;
    this.decisions = null;
    this.actors = null;
    this.caller = null;
  }

  @GET
  @Path("{clusterKey}/grouping")
  @Requires(Access.READ)
  @Operation(
      summary =
          "Why the failures of an issue are one: rule, frames, masks, other keys that lead to it,"
              + " and what people said")
  public Why grouping(@PathParam("clusterKey") ClusterKey key) {
    return new Why(grouping.of(caller.project(), key).orElseThrow(() -> new NotFound("issue")));
  }

  @POST
  @Path("{clusterKey}/separate")
  @Requires(Access.WRITE)
  @Operation(summary = "Takes back that a part is one with the issue, for good")
  public Response separate(@PathParam("clusterKey") ClusterKey key, @Nullable Separation body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return Response.status(Status.ACCEPTED)
        .entity(
            new IssueDecisionsResource.Result<>(
                decisions.separate(
                    caller.project(),
                    key,
                    IssueBodies.key("partKey", body.partKey()),
                    body.note(),
                    body.createdBy(),
                    actors.current())))
        .build();
  }
}
