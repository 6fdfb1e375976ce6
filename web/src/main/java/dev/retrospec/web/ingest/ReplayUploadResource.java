package dev.retrospec.web.ingest;

import dev.retrospec.ingest.ChunkIngest;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.TakesBeacons;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where clients of the first recorder deliver: they name session and chunk in the body. */
@Path("/api/replay/upload")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class ReplayUploadResource {

  private final ChunkIngest ingest;
  private final BodyLimits limits;
  private final Caller caller;

  @Inject
  public ReplayUploadResource(ChunkIngest ingest, BodyLimits limits, Caller caller) {
    this.ingest = ingest;
    this.limits = limits;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ReplayUploadResource() {
    this.ingest = null;
    this.limits = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.INGEST)
  @TakesBeacons
  @Operation(summary = "Stores one chunk, as /v1/recordings/{sessionID}/chunks/{seq} does")
  public Response upload(
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding, InputStream body)
      throws IOException {
    return RecordingsResource.answer(
        ingest.accept(caller.project(), new EncodedBody(body, encoding)), limits);
  }
}
