package dev.retrospec.web.issues;

import dev.retrospec.issues.trends.ProjectTrend;
import dev.retrospec.issues.trends.ProjectTrends;
import dev.retrospec.issues.trends.TrendBy;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How many failures a project has had lately. */
@Path("/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "issues")
@ApplicationScoped
public class ProjectTrendResource {

  /** As it was asked for; {@code kind} is absent when all were. */
  public record Trend(TrendBy by, int hours, @Nullable MarkerKind kind, ProjectTrend trend) {}

  private final ProjectTrends trends;
  private final Caller caller;

  @Inject
  public ProjectTrendResource(ProjectTrends trends, Caller caller) {
    this.trends = trends;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ProjectTrendResource() {
    this.trends = null;
    this.caller = null;
  }

  @GET
  @Path("trend")
  @Requires(Access.READ)
  @Operation(
      summary = "The project's failures hour by hour, by kind, release or browser",
      description =
          "A session counts once for each failure that it shows, in the hour in which it showed it"
              + " first; failures that are no issue yet count, too. The last hour is not over yet;"
              + " the counts are a minute old, mostly. The six most frequent series are named, the"
              + " rest is in `sessions` only. An empty name: the sessions told none.")
  public Trend trend(
      @QueryParam("hours") @DefaultValue("168") int hours,
      @QueryParam("by") @DefaultValue("kind") String by,
      @QueryParam("kind") @Nullable String kind) {
    TrendBy parted = TrendBy.fromWireName(by);
    MarkerKind wanted = IssuesResource.kind(kind);
    return new Trend(parted, hours, wanted, trends.of(caller.project(), hours, parted, wanted));
  }
}
