package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.FeedbackEntry;
import dev.retrospec.issues.IssueFeedback;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueSplit;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.issues.triage.IssueState;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the team decides about issues: state, word, merge, split. */
@Path("/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "issues")
@ApplicationScoped
public class IssueDecisionsResource {

  /** Where the issue stands now. */
  public record Decided(IssueState state) {}

  /** What was said. */
  public record Said(FeedbackEntry feedback) {}

  /** The latest words on an issue, newest first. */
  public record Words(ClusterKey clusterKey, List<FeedbackEntry> feedback) {}

  /** What a merge or split did. */
  public record Result<T>(T result) {}

  private final IssueTriage triage;
  private final IssueFeedback feedback;
  private final GroupingDecisions grouping;
  private final Actors actors;
  private final Caller caller;

  @Inject
  public IssueDecisionsResource(
      IssueTriage triage,
      IssueFeedback feedback,
      GroupingDecisions grouping,
      Actors actors,
      Caller caller) {
    this.triage = triage;
    this.feedback = feedback;
    this.grouping = grouping;
    this.actors = actors;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public IssueDecisionsResource() {
    this.triage = null;
    this.feedback = null;
    this.grouping = null;
    this.actors = null;
    this.caller = null;
  }

  @POST
  @Path("{clusterKey}/state")
  @Requires(Access.WRITE)
  @Operation(summary = "Decides where an issue stands; with If-Match only if nobody else did")
  public Response state(
      @PathParam("clusterKey") ClusterKey key,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      IssueBodies.@Nullable State body) {
    IssueBodies.State wanted = present(body);
    if (wanted.state() == null) {
      throw new InvalidRequest("state is required");
    }
    OptionalInt version = VersionTag.parse(ifMatch);
    TriageChange change =
        new TriageChange(
            TriageState.fromWireName(wanted.state()),
            wanted.assignee(),
            wanted.note(),
            wanted.mute(),
            wanted.resolvedInRelease(),
            version.isPresent() ? version.getAsInt() : null);
    try {
      IssueState now = triage.change(caller.project(), key, change, actors.current());
      return Response.ok(new Decided(now)).tag(VersionTag.of(now.version())).build();
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(Status.PRECONDITION_FAILED, changed.getMessage());
    }
  }

  @POST
  @Path("{clusterKey}/feedback")
  @Requires(Access.WRITE)
  @Operation(summary = "Keeps somebody's word on an issue")
  public Response say(
      @PathParam("clusterKey") ClusterKey key, IssueBodies.@Nullable Feedback body) {
    FeedbackEntry kept = feedback.add(caller.project(), key, present(body).said());
    return Response.status(Status.ACCEPTED).entity(new Said(kept)).build();
  }

  @GET
  @Path("{clusterKey}/feedback")
  @Requires(Access.READ)
  @Operation(summary = "The latest words on an issue")
  public Words feedback(@PathParam("clusterKey") ClusterKey key) {
    return new Words(key, feedback.of(caller.project(), key));
  }

  @POST
  @Path("merge")
  @Requires(Access.WRITE)
  @Operation(summary = "Makes several issues one, for good")
  public Response merge(IssueBodies.@Nullable Merge body) {
    IssueBodies.Merge wanted = present(body);
    IssueMerge.Request request =
        new IssueMerge.Request(
            IssueBodies.key("targetClusterKey", wanted.targetClusterKey()),
            IssueBodies.each(
                "sourceClusterKeys",
                wanted.sourceClusterKeys(),
                key -> IssueBodies.key("sourceClusterKeys", key)),
            wanted.note(),
            wanted.createdBy());
    return Response.status(Status.ACCEPTED)
        .entity(new Result<>(grouping.merge(caller.project(), request, actors.current())))
        .build();
  }

  @POST
  @Path("{clusterKey}/split")
  @Requires(Access.WRITE)
  @Operation(summary = "Takes sessions out of an issue into one of their own, for good")
  public Response split(@PathParam("clusterKey") ClusterKey key, IssueBodies.@Nullable Split body) {
    IssueBodies.Split wanted = present(body);
    IssueSplit.Request request =
        new IssueSplit.Request(
            IssueBodies.each("sessionIds", wanted.sessionIds(), SessionId::new),
            wanted.newClusterKey() == null || wanted.newClusterKey().isBlank()
                ? null
                : new ClusterKey(wanted.newClusterKey()),
            wanted.note());
    return Response.status(Status.ACCEPTED)
        .entity(new Result<>(grouping.split(caller.project(), key, request, actors.current())))
        .build();
  }

  private static <T> T present(@Nullable T body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return body;
  }
}
