package dev.retrospec.web.testruns;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.testruns.RunSource;
import dev.retrospec.testruns.TestRunIntake;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.LargeBody;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where clients of the first CI service deliver; failures may come as a text of blocks. */
@Path("/api/v1/report")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@CiRoute
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class CiReportResource {

  private final TestRunIntake intake;
  private final RunPages pages;
  private final Caller caller;

  @Inject
  public CiReportResource(TestRunIntake intake, RunPages pages, Caller caller) {
    this.intake = intake;
    this.pages = pages;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CiReportResource() {
    this.intake = null;
    this.pages = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.WRITE)
  @LargeBody(mebibytes = 40)
  @Operation(summary = "Stores a run, as /test-runs does, and answers with counts and words")
  public Response report(
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("x-test-mode") @Nullable String testMode,
      RunBodies.@Nullable Run body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return Outcomes.answer(
        intake.accept(
            caller.project(),
            body.toSubmit(RunSource.REPORT, idempotencyKey, "true".equalsIgnoreCase(testMode))),
        answer -> RunAnswers.Reported.of(answer, pages.of(answer.testRunId())));
  }
}
