package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.ClusterSession;
import dev.retrospec.issues.ClusterSessionFilter;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.KindStats;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.issues.promotion.IssuePromotion;
import dev.retrospec.issues.triage.ActivityEntry;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reading issues, and making them of what has repeated. */
@Path("/v1/issues")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "issues")
@ApplicationScoped
public class IssuesResource {

  /** What {@code POST …/promote} made. */
  public record Promoted(List<IssueView> promoted) {}

  /** A piece of the list; {@code state} as it was asked for. */
  public record IssueList(List<IssueView> issues, String state, @Nullable String nextCursor) {}

  /** One issue. */
  public record Issue(IssueView issue) {}

  /** Markers by kind. */
  public record Stats(int lookbackHours, List<KindStats> stats) {}

  /** As it was asked for. */
  public record Filters(@Nullable String reportStatus, @Nullable Double minConfidence) {}

  /** The sessions of an issue, latest first. */
  public record SessionList(
      ClusterKey clusterKey, int limit, Filters filters, List<ClusterSession> sessions) {}

  /** What happened to an issue, the latest first. */
  public record Activities(
      ClusterKey clusterKey, List<ActivityEntry> activity, @Nullable String nextCursor) {}

  private final IssueQueries issues;
  private final IssuePromotion promotion;
  private final IssueActivities activities;
  private final Caller caller;

  @Inject
  public IssuesResource(
      IssueQueries issues, IssuePromotion promotion, IssueActivities activities, Caller caller) {
    this.issues = issues;
    this.promotion = promotion;
    this.activities = activities;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public IssuesResource() {
    this.issues = null;
    this.promotion = null;
    this.activities = null;
    this.caller = null;
  }

  @POST
  @Path("promote")
  @Requires(Access.WRITE)
  @Operation(summary = "Makes issues of the failures that have repeated often enough")
  public Promoted promote() {
    return new Promoted(promotion.promote(caller.project(), PromotionTrigger.MANUAL));
  }

  @GET
  @Requires(Access.READ)
  @Operation(
      summary =
          "Lists issues; active = neither resolved nor muted; newInRelease = only what the latest"
              + " release alone has shown")
  public Response list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("q") @Nullable String text,
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("newInRelease") @Nullable String newInRelease,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo request) {
    IssueFilter filter =
        new IssueFilter(
            IssueFilter.Tab.fromWireName(state),
            text,
            kind(kind),
            flag("newInRelease", newInRelease),
            IssueFilter.Sort.fromWireName(sort),
            limit,
            cursor == null ? null : Cursor.parse(cursor));
    Page<IssueView> page = issues.list(caller.project(), filter);
    return NextLink.answer(
        request,
        page,
        new IssueList(page.items(), Objects.requireNonNullElse(state, ""), page.nextCursor()));
  }

  @GET
  @Path("stats")
  @Requires(Access.READ)
  @Operation(summary = "Failures of the last hours by kind")
  public Stats stats(@QueryParam("hours") @DefaultValue("24") int hours) {
    return new Stats(hours, issues.stats(caller.project(), Duration.ofHours(hours)));
  }

  @GET
  @Path("{clusterKey}")
  @Requires(Access.READ)
  @Operation(summary = "One issue; the ETag is its version for triage")
  public Response issue(@PathParam("clusterKey") ClusterKey key) {
    IssueView issue = issues.find(caller.project(), key).orElseThrow(() -> new NotFound("issue"));
    return Response.ok(new Issue(issue)).tag(VersionTag.of(issue.version())).build();
  }

  @GET
  @Path("{clusterKey}/sessions")
  @Requires(Access.READ)
  @Operation(summary = "The sessions that showed the failure")
  public SessionList sessions(
      @PathParam("clusterKey") ClusterKey key,
      @QueryParam("limit") @DefaultValue("30") int limit,
      @QueryParam("reportStatus") @Nullable String reportStatus,
      @QueryParam("minConfidence") @Nullable Double minConfidence) {
    ClusterSessionFilter filter =
        new ClusterSessionFilter(limit, blankAsNull(reportStatus), minConfidence);
    return new SessionList(
        key,
        limit,
        new Filters(filter.reportStatus(), filter.minConfidence()),
        issues.sessions(caller.project(), key, filter));
  }

  @GET
  @Path("{clusterKey}/activity")
  @Requires(Access.READ)
  @Operation(summary = "What happened to an issue and who did it, the latest first")
  public Response activity(
      @PathParam("clusterKey") ClusterKey key,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo request) {
    IssueView issue = issues.find(caller.project(), key).orElseThrow(() -> new NotFound("issue"));
    Page<ActivityEntry> page =
        activities.of(
            caller.project(), issue.key(), limit, cursor == null ? null : Cursor.parse(cursor));
    return NextLink.answer(
        request, page, new Activities(issue.key(), page.items(), page.nextCursor()));
  }

  /** Reading is strict where ingest is lenient: a typo must not list another kind. */
  static @Nullable MarkerKind kind(@Nullable String name) {
    String wanted = blankAsNull(name);
    if (wanted == null) {
      return null;
    }
    MarkerKind kind = MarkerKind.fromWireName(wanted);
    if (!kind.wireName().equals(wanted)) {
      throw new InvalidRequest(
          "kind must be one of validation_failed, api_error, js_exception, ui_no_effect");
    }
    return kind;
  }

  private static boolean flag(String name, @Nullable String value) {
    String given = blankAsNull(value);
    if (given != null && !given.equals("true") && !given.equals("false")) {
      throw new InvalidRequest(name + " must be true or false");
    }
    return "true".equals(given);
  }

  private static @Nullable String blankAsNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
