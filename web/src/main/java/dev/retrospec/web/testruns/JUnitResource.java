package dev.retrospec.web.testruns;

import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.TestRunIntake;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.LargeBody;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.StorableText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where jobs of a CI deliver their test reports as they are. */
@Path("/v1/ci/junit")
@Produces(MediaType.APPLICATION_JSON)
@CiRoute
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class JUnitResource {

  private static final int MEBIBYTES = 100;
  private static final long BYTES = MEBIBYTES * 1024L * 1024;

  private final TestRunIntake intake;
  private final RunPages pages;
  private final Caller caller;

  @Inject
  public JUnitResource(TestRunIntake intake, RunPages pages, Caller caller) {
    this.intake = intake;
    this.pages = pages;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public JUnitResource() {
    this.intake = null;
    this.pages = null;
    this.caller = null;
  }

  @POST
  @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_XML, MediaType.TEXT_XML})
  @Requires(Access.WRITE)
  @LargeBody(mebibytes = MEBIBYTES)
  @Operation(
      summary = "Stores a run from JUnit XML, of one or several files",
      description =
          "multipart/form-data: each report is a part with a file name; the other parts (or, with an"
              + " XML body, the query) are commitHash, branch, author and, where known, id,"
              + " repository, job, baseBranch, prNumber, gitDiff, runUrl, durationMs, snapshotUrls"
              + " (JSON) and quiet.")
  @APIResponse(responseCode = "200", description = "stored, now or before")
  @APIResponse(responseCode = "409", description = "the id belongs to a run with other content")
  @APIResponse(responseCode = "413", description = "larger than 100 MiB")
  public Response upload(
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("x-test-mode") @Nullable String testMode,
      @Context HttpHeaders headers,
      @Context UriInfo address,
      InputStream body)
      throws IOException {
    Map<String, String> query = new HashMap<>();
    address
        .getQueryParameters()
        .forEach((name, values) -> query.put(name, StorableText.clean(values.get(0))));
    JUnitUpload upload = new JUnitUpload(query);
    try (BoundedInflater bounded =
        new BoundedInflater(body, encoding, new BodyLimits(BYTES, BYTES))) {
      upload.read(bounded, headers.getMediaType());
    }
    NewTestRun run = upload.toSubmit(idempotencyKey, "true".equalsIgnoreCase(testMode));
    return Outcomes.answer(
        intake.accept(caller.project(), run),
        answer -> RunAnswers.Processed.of(answer, run.status(), pages.of(answer.testRunId())));
  }
}
