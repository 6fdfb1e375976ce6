package dev.retrospec.web.testruns;

import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.CiRoute;
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

  private final SubmittedRuns submitted;

  @Inject
  public JUnitResource(SubmittedRuns submitted) {
    this.submitted = submitted;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public JUnitResource() {
    this.submitted = null;
  }

  @POST
  @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_XML, MediaType.TEXT_XML})
  @Requires(Access.WRITE)
  @BodyLimit(mebibytes = MEBIBYTES)
  @Operation(
      summary = "Stores a run from JUnit XML, of one or several files",
      description =
          "multipart/form-data: each report is a part with a file name; the other parts (or, with"
              + " an XML body, the query) are commitHash, branch, author and, where known, id,"
              + " status (of the job: red although no report is), repository, job, baseBranch,"
              + " prNumber, gitDiff, runUrl, durationMs, snapshotUrls (JSON) and quiet.")
  @APIResponse(responseCode = "200", description = "stored, now or before")
  @APIResponse(responseCode = "409", description = "the id belongs to a run with other content")
  @APIResponse(responseCode = "413", description = "larger than 100 MiB")
  @APIResponse(responseCode = "503", description = "too many runs at once; see Retry-After")
  public Response upload(
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("x-test-mode") @Nullable String testMode,
      @Context HttpHeaders headers,
      @Context UriInfo address,
      InputStream sent)
      throws IOException {
    Map<String, String> query = new HashMap<>();
    address
        .getQueryParameters()
        .forEach((name, values) -> query.put(name, StorableText.clean(values.get(0))));
    boolean silent = "true".equalsIgnoreCase(testMode);
    return submitted.take(
        sent,
        encoding,
        MEBIBYTES,
        body ->
            new JUnitUpload(query)
                .read(body, headers.getMediaType())
                .toSubmit(idempotencyKey, silent),
        RunAnswers.Processed::of);
  }
}
