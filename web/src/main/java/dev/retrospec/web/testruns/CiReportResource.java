package dev.retrospec.web.testruns;

import dev.retrospec.testruns.RunSource;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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

  private final SubmittedRuns submitted;

  @Inject
  public CiReportResource(SubmittedRuns submitted) {
    this.submitted = submitted;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CiReportResource() {
    this.submitted = null;
  }

  @POST
  @Requires(Access.WRITE)
  @BodyLimit(mebibytes = RunBodies.MEBIBYTES)
  @RequestBody(content = @Content(schema = @Schema(implementation = RunBodies.Run.class)))
  @Operation(summary = "Stores a run, as /test-runs does, and answers with counts and words")
  public Response report(
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
        body -> RunBodies.read(body).toSubmit(RunSource.REPORT, idempotencyKey, silent),
        (answer, status, page) -> RunAnswers.Reported.of(answer, page));
  }
}
