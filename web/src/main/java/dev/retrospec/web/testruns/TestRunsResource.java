package dev.retrospec.web.testruns;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.Snapshots;
import dev.retrospec.testruns.RunSource;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestRunFilter;
import dev.retrospec.testruns.TestRunLine;
import dev.retrospec.testruns.TestRunQueries;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Requires;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of tests: delivered by jobs of a CI, read by whoever wants to know what they mean. */
@Path("/test-runs")
@Produces(MediaType.APPLICATION_JSON)
@CiRoute
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class TestRunsResource {

  private final SubmittedRuns submitted;
  private final TestRunQueries runs;
  private final Snapshots snapshots;
  private final SnapshotLinks links;
  private final RunPages pages;
  private final Caller caller;

  @Inject
  public TestRunsResource(
      SubmittedRuns submitted,
      TestRunQueries runs,
      Snapshots snapshots,
      SnapshotLinks links,
      RunPages pages,
      Caller caller) {
    this.submitted = submitted;
    this.runs = runs;
    this.snapshots = snapshots;
    this.links = links;
    this.pages = pages;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public TestRunsResource() {
    this.submitted = null;
    this.runs = null;
    this.snapshots = null;
    this.links = null;
    this.pages = null;
    this.caller = null;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.WRITE)
  @BodyLimit(mebibytes = RunBodies.MEBIBYTES)
  @RequestBody(content = @Content(schema = @Schema(implementation = RunBodies.Run.class)))
  @Operation(
      summary = "Stores a run with its failures; answers with what they resemble and what to run")
  @APIResponse(responseCode = "200", description = "stored, now or before")
  @APIResponse(responseCode = "409", description = "the id belongs to a run with other content")
  @APIResponse(responseCode = "503", description = "too many runs at once; see Retry-After")
  public Response submit(
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("x-test-mode") @Nullable String testMode,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      InputStream sent)
      throws IOException {
    boolean silent = "true".equalsIgnoreCase(testMode);
    return submitted.take(
        sent,
        encoding,
        RunBodies.MEBIBYTES,
        body -> RunBodies.read(body).toSubmit(RunSource.API, idempotencyKey, silent),
        RunAnswers.Processed::of);
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Lists runs, the newest first")
  public Response list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("branch") @Nullable String branch,
      @QueryParam("repository") @Nullable String repository,
      @QueryParam("prNumber") @Nullable Integer prNumber,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo request) {
    Page<TestRunLine> page =
        runs.list(
            caller.project(),
            new TestRunFilter(
                blank(status) ? null : RunStatus.fromWireName(status),
                blank(branch) ? null : branch,
                blank(repository) ? null : repository,
                prNumber,
                limit,
                blank(cursor) ? null : Cursor.parse(cursor)));
    return NextLink.answer(
        request,
        page,
        new StoredRuns.RunList(
            page.items().stream().map(StoredRuns.Line::of).toList(), page.nextCursor()));
  }

  @GET
  @Path("{runID}")
  @Requires(Access.READ)
  @Operation(summary = "Tells all that is known of a run")
  public StoredRuns.Stored find(@PathParam("runID") TestRunId id) {
    return runs.find(caller.project(), id)
        .map(
            run ->
                StoredRuns.Stored.of(
                    run, snapshots.ofRun(caller.project(), id), links, pages.of(id)))
        .orElseThrow(() -> new NotFound("test run"));
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
