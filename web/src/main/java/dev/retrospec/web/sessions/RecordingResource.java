package dev.retrospec.web.sessions;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionManifest;
import dev.retrospec.inspection.SessionManifests;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.IndexedEvent;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.TimelineEvent;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the player asks for: the manifest first, then chunks as they are needed. */
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Requires(Access.READ)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class RecordingResource {

  /**
   * A numbered chunk never changes; only who may read it does, so that no shared cache keeps it.
   */
  private static final String CHUNK_CACHE = "private, max-age=31536000, immutable";

  /** The next upload takes its place. */
  private static final String UPLOAD_CACHE = "private, no-cache";

  /** Searchable events, oldest first. */
  public record Timeline(SessionId sessionId, List<TimelineEvent> events) {}

  private final SessionManifests manifests;
  private final SessionQueries sessions;
  private final RecordingTimeline timeline;
  private final ChunkCodec codec;
  private final Caller caller;

  @Inject
  public RecordingResource(
      SessionManifests manifests,
      SessionQueries sessions,
      RecordingTimeline timeline,
      ChunkCodec codec,
      Caller caller) {
    this.manifests = manifests;
    this.sessions = sessions;
    this.timeline = timeline;
    this.codec = codec;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RecordingResource() {
    this.manifests = null;
    this.sessions = null;
    this.timeline = null;
    this.codec = null;
    this.caller = null;
  }

  @GET
  @Path("{sessionID}/manifest")
  @Operation(summary = "Everything about a recording but its events")
  public SessionManifest manifest(@PathParam("sessionID") SessionId session) {
    return manifests.find(caller.project(), session).orElseThrow(() -> new NotFound("session"));
  }

  @GET
  @Path("{sessionID}/chunks/{seq}")
  @Operation(summary = "One chunk's events as a JSON array, in zstd, gzip or plain")
  public Response chunk(
      @PathParam("sessionID") SessionId session,
      @PathParam("seq") ChunkNumber number,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String accepts) {
    SessionView stored = found(session);
    byte[] zstd =
        timeline
            .zstd(caller.project(), stored.recordedAs(), number)
            .orElseThrow(() -> new NotFound("chunk"));
    boolean mayBeReplaced = stored.eventsObjectKey() != null;
    AcceptedEncoding encoding = AcceptedEncoding.of(accepts);
    Response.ResponseBuilder answer =
        Response.ok(body(zstd, encoding), MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, mayBeReplaced ? UPLOAD_CACHE : CHUNK_CACHE)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (encoding != AcceptedEncoding.IDENTITY) {
      answer.header(HttpHeaders.CONTENT_ENCODING, encoding.word());
    }
    return answer.build();
  }

  @GET
  @Path("{sessionID}/chunks")
  @Operation(
      summary = "Several chunks by their numbers, in one answer",
      description =
          "A JSON array of {seq, events}. It may end before the last number asked for; a number"
              + " that is not there is left out.")
  public Response chunks(
      @PathParam("sessionID") SessionId session,
      @QueryParam("from") @Nullable ChunkNumber from,
      @QueryParam("to") @Nullable ChunkNumber to,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String accepts) {
    if (from == null || to == null || from.value() > to.value()) {
      throw new InvalidRequest("from and to must be chunk numbers, the lower one first");
    }
    SessionView stored = found(session);
    Map<Integer, byte[]> chunks = timeline.zstd(caller.project(), stored.recordedAs(), from, to);
    // One that is on its way yet must not be missing for a year.
    boolean whole = chunks.size() == to.value() - from.value() + 1;
    boolean mayChange = !whole || stored.eventsObjectKey() != null;
    boolean gzip = AcceptedEncoding.of(accepts) != AcceptedEncoding.IDENTITY;
    StreamingOutput body =
        gzip
            ? out -> codec.writeNumberedGzip(chunks, out)
            : out -> codec.writeNumbered(chunks, out);
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, mayChange ? UPLOAD_CACHE : CHUNK_CACHE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CONTENT_ENCODING, gzip ? "gzip" : null)
        .build();
  }

  @GET
  @Path("{sessionID}/timeline")
  @Operation(
      summary =
          "Console, requests, navigation, clicks, custom events, vitals, long tasks and spans")
  public Timeline timeline(
      @PathParam("sessionID") SessionId session, @QueryParam("kind") @Nullable String kinds) {
    Set<IndexedEvent.Kind> wanted = kinds(kinds);
    SessionId recorded = found(session).recordedAs();
    return new Timeline(session, timeline.events(caller.project(), recorded, wanted));
  }

  private SessionView found(SessionId session) {
    return sessions.find(caller.project(), session).orElseThrow(() -> new NotFound("session"));
  }

  private StreamingOutput body(byte[] zstd, AcceptedEncoding encoding) {
    return switch (encoding) {
      case ZSTD -> out -> out.write(zstd);
      case GZIP -> out -> codec.writeGzip(zstd, out);
      case IDENTITY ->
          out -> {
            try (InputStream json = codec.json(zstd)) {
              json.transferTo(out);
            }
          };
    };
  }

  private static Set<IndexedEvent.Kind> kinds(@Nullable String names) {
    Set<IndexedEvent.Kind> kinds = EnumSet.noneOf(IndexedEvent.Kind.class);
    if (names != null && !names.isBlank()) {
      for (String name : names.split(",")) {
        kinds.add(
            Arrays.stream(IndexedEvent.Kind.values())
                .filter(kind -> kind.word().equals(name.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidRequest(
                            "kind must be some of "
                                + Arrays.stream(IndexedEvent.Kind.values())
                                    .map(IndexedEvent.Kind::word)
                                    .collect(Collectors.joining(", ")))));
      }
    }
    return kinds;
  }
}
