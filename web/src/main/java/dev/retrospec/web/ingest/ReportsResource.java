package dev.retrospec.web.ingest;

import dev.retrospec.ingest.EventUpload;
import dev.retrospec.ingest.IngestReceipt;
import dev.retrospec.ingest.IngestRequest;
import dev.retrospec.ingest.SessionIngest;
import dev.retrospec.ingest.UploadReceipt;
import dev.retrospec.inspection.StoredSession;
import dev.retrospec.inspection.StoredSessions;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
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
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where any rrweb client delivers: the events of a session first, then what failed in it. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class ReportsResource {

  /**
   * The whole stored session; to the holder of an ingest key only what that key's holder told.
   *
   * @param analysisQueueError always blank: the analysis is queued in the session's transaction
   */
  public record Ingested(StoredSession session, String analysisQueueError) {}

  private final EventUpload uploads;
  private final SessionIngest ingest;
  private final StoredSessions sessions;
  private final Caller caller;

  @Inject
  public ReportsResource(
      EventUpload uploads, SessionIngest ingest, StoredSessions sessions, Caller caller) {
    this.uploads = uploads;
    this.ingest = ingest;
    this.sessions = sessions;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ReportsResource() {
    this.uploads = null;
    this.ingest = null;
    this.sessions = null;
    this.caller = null;
  }

  @POST
  @Path("artifacts/session-events")
  @Requires(Access.INGEST)
  @Operation(summary = "Stores a session's rrweb events in the place of what was uploaded before")
  public Response events(
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding, InputStream body)
      throws IOException {
    UploadReceipt receipt = uploads.accept(caller.project(), new EncodedBody(body, encoding));
    return Response.status(Status.CREATED).entity(receipt).build();
  }

  @POST
  @Path("ingest/session")
  @Requires(Access.INGEST)
  @Operation(summary = "Stores a session and its markers; the same again adds what is new")
  public Response session(@Nullable IngestRequest report) {
    if (report == null) {
      throw new InvalidRequest("a JSON body with session and markers is needed");
    }
    IngestReceipt receipt = ingest.ingest(caller.project(), report);
    StoredSession stored =
        sessions
            .find(caller.project(), receipt.sessionId())
            .orElseThrow(() -> new NotFound("session"));
    StoredSession heard = caller.mayRead() ? stored : stored.toWriter(receipt.markers());
    return Response.status(Status.ACCEPTED).entity(new Ingested(heard, "")).build();
  }
}
