package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.exposure.Exposure;
import dev.retrospec.issues.exposure.Exposures;
import dev.retrospec.issues.suspects.IssueSuspects;
import dev.retrospec.issues.trends.IssueTrend;
import dev.retrospec.issues.trends.IssueTrends;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is found out about an issue over time. */
@Path("/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "issues")
@ApplicationScoped
public class IssueLifeResource {

  /** How often it was seen. */
  public record Trend(ClusterKey clusterKey, int hours, IssueTrend trend) {}

  /** How far its fix is proven; absent for an issue that is not resolved. */
  public record Proof(ClusterKey clusterKey, @Nullable Exposure exposure) {}

  /** What its failing sessions share. */
  public record Suspects(ClusterKey clusterKey, IssueSuspects.Comparison comparison) {}

  private final IssueQueries issues;
  private final IssueTrends trends;
  private final Exposures exposures;
  private final IssueSuspects suspects;
  private final Caller caller;

  @Inject
  public IssueLifeResource(
      IssueQueries issues,
      IssueTrends trends,
      Exposures exposures,
      IssueSuspects suspects,
      Caller caller) {
    this.issues = issues;
    this.trends = trends;
    this.exposures = exposures;
    this.suspects = suspects;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public IssueLifeResource() {
    this.issues = null;
    this.trends = null;
    this.exposures = null;
    this.suspects = null;
    this.caller = null;
  }

  @GET
  @Path("{clusterKey}/trend")
  @Requires(Access.READ)
  @Operation(summary = "Sessions by hour, release and browser; whether it is new in a release")
  public Trend trend(
      @PathParam("clusterKey") ClusterKey key,
      @QueryParam("hours") @DefaultValue("168") int hours) {
    ClusterKey issue = require(key);
    return new Trend(issue, hours, trends.of(caller.project(), issue, hours));
  }

  @GET
  @Path("{clusterKey}/exposure")
  @Requires(Access.READ)
  @Operation(summary = "How many sessions have walked the path since it was resolved, without it")
  public Proof exposure(@PathParam("clusterKey") ClusterKey key) {
    ClusterKey issue = require(key);
    return new Proof(issue, exposures.of(caller.project(), issue).orElse(null));
  }

  @GET
  @Path("{clusterKey}/suspects")
  @Requires(Access.READ)
  @Operation(summary = "What failing sessions share that healthy ones on the same route do not")
  public Suspects suspects(@PathParam("clusterKey") ClusterKey key) {
    ClusterKey issue = require(key);
    return new Suspects(issue, suspects.of(caller.project(), issue));
  }

  private ClusterKey require(ClusterKey key) {
    return issues.find(caller.project(), key).orElseThrow(() -> new NotFound("issue")).key();
  }
}
