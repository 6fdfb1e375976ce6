package dev.retrospec.web.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.patterns.DayCount;
import dev.retrospec.patterns.LinkedIssue;
import dev.retrospec.patterns.OccurrenceView;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.patterns.PatternDecisions;
import dev.retrospec.patterns.PatternFilter;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Patterns of failures in CI, and what the team decides about them. */
@Path("/v1/patterns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class PatternsResource {

  private static final int OCCURRENCES_SHOWN = 50;

  /** A piece of the list. */
  public record PatternList(List<PatternView> patterns, @Nullable String nextCursor) {}

  /** One pattern with its latest occurrences, its days and its issues of production. */
  public record Pattern(
      PatternView pattern,
      List<OccurrenceView> occurrences,
      List<DayCount> days,
      List<LinkedIssue> issues) {}

  /** {@code POST …/decision}; without a decision the earlier one is taken back. */
  public record DecisionBody(
      @Nullable String decision, @Nullable String note, @Nullable String decidedBy) {}

  /** Where the pattern stands now. */
  public record Decided(PatternView pattern) {}

  /** {@code POST …/issues}: the same failure as this issue, or not. */
  public record IssueBody(
      @Nullable String clusterKey, @Nullable Boolean same, @Nullable String decidedBy) {}

  /** The pattern's issues now. */
  public record Issues(List<LinkedIssue> issues) {}

  /** {@code POST …/merge}: the pattern that takes this one over. */
  public record MergeBody(@Nullable String targetPatternId, @Nullable String decidedBy) {}

  /** {@code POST …/different}; {@code different} false takes it back. */
  public record DifferentBody(
      @Nullable String patternId, @Nullable Boolean different, @Nullable String decidedBy) {}

  private final PatternQueries patterns;
  private final PatternDecisions decisions;
  private final IssueQueries issues;
  private final Caller caller;

  @Inject
  public PatternsResource(
      PatternQueries patterns, PatternDecisions decisions, IssueQueries issues, Caller caller) {
    this.patterns = patterns;
    this.decisions = decisions;
    this.issues = issues;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public PatternsResource() {
    this.patterns = null;
    this.decisions = null;
    this.issues = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Lists patterns, those seen last first; decision may be undecided")
  public Response list(
      @QueryParam("q") @Nullable String text,
      @QueryParam("decision") @Nullable String decision,
      @QueryParam("testName") @Nullable String testName,
      @QueryParam("branch") @Nullable String branch,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo request) {
    PatternFilter filter =
        new PatternFilter(
            text, decision, testName, branch, limit, cursor == null ? null : Cursor.parse(cursor));
    Page<PatternView> page = patterns.list(caller.project(), filter);
    return NextLink.answer(request, page, new PatternList(page.items(), page.nextCursor()));
  }

  @GET
  @Path("{patternId}")
  @Requires(Access.READ)
  @Operation(
      summary = "One pattern; the ETag is its version for a decision",
      description = "301 to the one that has taken it over when it was merged.")
  public Response pattern(
      @PathParam("patternId") PatternId id, @QueryParam("days") @DefaultValue("30") int days) {
    return patterns
        .find(caller.project(), id)
        .map(pattern -> whole(pattern, days))
        .or(() -> patterns.successor(caller.project(), id).map(PatternsResource::moved))
        .orElseThrow(() -> new NotFound("pattern"));
  }

  private static Response moved(PatternId into) {
    return Response.status(Status.MOVED_PERMANENTLY)
        .header(HttpHeaders.LOCATION, "/v1/patterns/" + into)
        .build();
  }

  private Response whole(PatternView pattern, int days) {
    PatternId id = pattern.id();
    return Response.ok(
            new Pattern(
                pattern,
                patterns.occurrences(caller.project(), id, OCCURRENCES_SHOWN),
                patterns.byDay(caller.project(), id, days),
                patterns.issues(caller.project(), id)))
        .tag(VersionTag.of(pattern.version()))
        .build();
  }

  @POST
  @Path("{patternId}/decision")
  @Requires(Access.WRITE)
  @Operation(summary = "Decides what a pattern is; with If-Match only if nobody else did")
  public Response decide(
      @PathParam("patternId") PatternId id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable DecisionBody body) {
    DecisionBody wanted = present(body);
    OptionalInt version = VersionTag.parse(ifMatch);
    PatternDecisions.Change change =
        new PatternDecisions.Change(
            blank(wanted.decision()) ? null : PatternDecision.fromWireName(wanted.decision()),
            wanted.note(),
            person(wanted.decidedBy()),
            version.isPresent() ? version.getAsInt() : null);
    try {
      PatternView now = decisions.decide(caller.project(), id, change);
      return Response.ok(new Decided(now)).tag(VersionTag.of(now.version())).build();
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(Status.PRECONDITION_FAILED, changed.getMessage());
    }
  }

  @POST
  @Path("{patternId}/issues")
  @Requires(Access.WRITE)
  @Operation(summary = "Says that an issue of production is the same failure, or that it is not")
  public Issues issue(@PathParam("patternId") PatternId id, @Nullable IssueBody body) {
    IssueBody wanted = present(body);
    if (blank(wanted.clusterKey()) || wanted.same() == null) {
      throw new InvalidRequest("clusterKey and same are required");
    }
    ClusterKey issue = new ClusterKey(wanted.clusterKey());
    if (wanted.same()) {
      issue = issues.find(caller.project(), issue).orElseThrow(() -> new NotFound("issue")).key();
    }
    return new Issues(
        decisions.issue(caller.project(), id, issue, wanted.same(), person(wanted.decidedBy())));
  }

  @POST
  @Path("{patternId}/merge")
  @Requires(Access.WRITE)
  @Operation(
      summary = "Hands a pattern over to the one it is the same as, for good",
      description = "With If-Match only if nobody changed it meanwhile.")
  public Response merge(
      @PathParam("patternId") PatternId id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable MergeBody body) {
    MergeBody wanted = present(body);
    if (blank(wanted.targetPatternId())) {
      throw new InvalidRequest("targetPatternId is required");
    }
    OptionalInt version = VersionTag.parse(ifMatch);
    try {
      PatternView stays =
          decisions.merge(
              caller.project(),
              id,
              new PatternId(wanted.targetPatternId()),
              version.isPresent() ? version.getAsInt() : null,
              person(wanted.decidedBy()));
      return Response.ok(new Decided(stays)).tag(VersionTag.of(stays.version())).build();
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(Status.PRECONDITION_FAILED, changed.getMessage());
    }
  }

  @POST
  @Path("{patternId}/different")
  @Requires(Access.WRITE)
  @Operation(
      summary = "Says that two patterns are different failures, or takes that back",
      description = "Neither is named as being like the other again.")
  public Response different(@PathParam("patternId") PatternId id, @Nullable DifferentBody body) {
    DifferentBody wanted = present(body);
    if (blank(wanted.patternId())) {
      throw new InvalidRequest("patternId is required");
    }
    PatternId other = new PatternId(wanted.patternId());
    if (Boolean.FALSE.equals(wanted.different())) {
      decisions.takeBack(caller.project(), id, other);
    } else {
      decisions.apart(caller.project(), id, other, person(wanted.decidedBy()));
    }
    return Response.noContent().build();
  }

  private String person(@Nullable String named) {
    return blank(named) ? caller.name() : named.strip();
  }

  private static boolean blank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static <T> T present(@Nullable T body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return body;
  }
}
