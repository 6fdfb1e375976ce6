package dev.retrospec.web.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterRegroup;
import dev.retrospec.issues.RegroupRun;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.http.Access;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Brings a project's issues to today's rules of grouping. */
@Path("/v1/admin/projects/{projectID}/regroup")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class RegroupResource {

  /**
   * What is wanted.
   *
   * @param dryRun false: move; anything else: only say what would be moved
   */
  public record Wanted(@Nullable Boolean dryRun, @Nullable String createdBy) {}

  /** How far it is. */
  public record Run(RegroupRun regroup) {}

  /** The latest, the last one first. */
  public record Runs(List<RegroupRun> regroups) {}

  private final ClusterRegroup regroup;

  @Inject
  public RegroupResource(ClusterRegroup regroup) {
    this.regroup = regroup;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RegroupResource() {
    this.regroup = null;
  }

  @POST
  @Operation(
      summary =
          "Groups all markers by today's rules; by default a dry run, which only reports what would"
              + " join and fall apart")
  public Response request(@PathParam("projectID") ProjectId project, @Nullable Wanted wanted) {
    boolean dryRun = wanted == null || !Boolean.FALSE.equals(wanted.dryRun());
    RegroupRun run = regroup.request(project, dryRun, wanted == null ? null : wanted.createdBy());
    return Response.status(Status.ACCEPTED).entity(new Run(run)).build();
  }

  @GET
  @Operation(summary = "The latest regroups of a project, the last one first")
  public Runs list(@PathParam("projectID") ProjectId project) {
    return new Runs(regroup.latest(project));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "How far a regroup is, and its report")
  public Run get(@PathParam("projectID") ProjectId project, @PathParam("id") String id) {
    return new Run(regroup.find(project, id).orElseThrow(() -> new NotFound("regroup")));
  }
}
