package dev.retrospec.web.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.projects.RulesChange;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a project's recorders do: sampling, privacy, and the kill switch. */
@Path("/v1/admin/projects/{projectID}/recording-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class RecordingRulesResource {

  private final RecordingRules rules;

  @Inject
  public RecordingRulesResource(RecordingRules rules) {
    this.rules = rules;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RecordingRulesResource() {
    this.rules = null;
  }

  @GET
  @Operation(summary = "The project's rules; the ETag is their version")
  public Response get(@PathParam("projectID") ProjectId project) {
    return answer(rules.of(project));
  }

  @PUT
  @Operation(summary = "Changes the rules; with If-Match only if nobody else did meanwhile")
  public Response change(
      @PathParam("projectID") ProjectId project,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable RulesChange change) {
    if (change == null) {
      throw new InvalidRequest("a JSON body with the rules to change is needed");
    }
    RecorderRules now = rules.of(project);
    OptionalInt version = VersionTag.parse(ifMatch);
    try {
      return answer(rules.change(project, change.onto(now, version.orElse(now.version()))));
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(
          version.isPresent() ? Status.PRECONDITION_FAILED : Status.CONFLICT, changed.getMessage());
    }
  }

  private static Response answer(RecorderRules rules) {
    return Response.ok(rules).tag(VersionTag.of(rules.version())).build();
  }
}
