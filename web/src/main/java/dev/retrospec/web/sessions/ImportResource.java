package dev.retrospec.web.sessions;

import dev.retrospec.ingest.RecordingImport;
import dev.retrospec.ingest.RecordingImport.Imported;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in a recording that some other rrweb recorder made. */
@Path("/v1/sessions/import")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class ImportResource {

  private static final Logger LOG = LoggerFactory.getLogger(ImportResource.class);

  private final RecordingImport imports;
  private final Caller caller;

  @Inject
  public ImportResource(RecordingImport imports, Caller caller) {
    this.imports = imports;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ImportResource() {
    this.imports = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.WRITE)
  @BodyLimit(mebibytes = RecordingImport.MEBIBYTES)
  @Operation(summary = "Stores a file of rrweb events as a new session; scrubbed like a recording")
  public Response take(
      @QueryParam("site") @DefaultValue("imported") String site,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      InputStream body)
      throws IOException {
    Imported imported = imports.accept(caller.project(), new EncodedBody(body, encoding), site);
    LOG.info(
        "Session {} of {} was imported by {}",
        imported.sessionId(),
        caller.project(),
        caller.name());
    return Response.status(Status.CREATED).entity(imported).build();
  }
}
