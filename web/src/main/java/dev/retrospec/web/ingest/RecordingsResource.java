package dev.retrospec.web.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.ChunkIngest;
import dev.retrospec.ingest.ChunkReceipt;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.TakesBeacons;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where recorders deliver, one numbered chunk after the other. */
@Path("/v1/recordings/{sessionID}/chunks/{seq}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class RecordingsResource {

  /**
   * What a recorder hears.
   *
   * @param rules absent unless the chunk was recorded under others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Receipt(
      SessionId sessionId, ChunkNumber seq, boolean accepted, @Nullable RecorderConfig rules) {}

  private final ChunkIngest ingest;
  private final BodyLimits limits;
  private final Caller caller;

  @Inject
  public RecordingsResource(ChunkIngest ingest, BodyLimits limits, Caller caller) {
    this.ingest = ingest;
    this.limits = limits;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RecordingsResource() {
    this.ingest = null;
    this.limits = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.INGEST)
  @TakesBeacons
  @Operation(summary = "Stores one flush of a recorder; the same again is harmless")
  @APIResponse(responseCode = "202", description = "stored")
  @APIResponse(responseCode = "200", description = "the same chunk had been stored before")
  @APIResponse(responseCode = "409", description = "its number is taken by other content")
  @APIResponse(responseCode = "410", description = "this session is not wanted any more")
  @APIResponse(responseCode = "413", description = "too large; split it")
  public Response chunk(
      @PathParam("sessionID") SessionId session,
      @PathParam("seq") ChunkNumber number,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      InputStream body)
      throws IOException {
    return answer(
        ingest.accept(caller.project(), session, number, new EncodedBody(body, encoding)), limits);
  }

  static Response answer(ChunkReceipt receipt, BodyLimits limits) {
    if (receipt instanceof ChunkReceipt.Accepted stored) {
      return Response.status(Status.ACCEPTED)
          .entity(new Receipt(stored.sessionId(), stored.seq(), true, told(stored.rules(), limits)))
          .build();
    }
    if (receipt instanceof ChunkReceipt.Repeated known) {
      return Response.ok(
              new Receipt(known.sessionId(), known.seq(), true, told(known.rules(), limits)))
          .build();
    }
    return Refusal.of(Status.CONFLICT, "this chunk number is taken by other content");
  }

  private static @Nullable RecorderConfig told(@Nullable RecorderRules rules, BodyLimits limits) {
    return rules == null ? null : RecorderConfig.of(rules, limits);
  }
}
