package dev.retrospec.web.sessions;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactTokens;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.replays.ArtifactBytes;
import dev.retrospec.replays.ArtifactObjects;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What workers made of a session: its analysis, its video. */
@Path("/v1/sessions/{sessionID}/artifacts/{artifactType}")
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class ArtifactsResource {

  /** The same address may give a newer rendering tomorrow. */
  private static final String CACHE = "private, max-age=300";

  private final Artifacts artifacts;
  private final ArtifactTokens tokens;
  private final ArtifactBytes bytes;
  private final Caller caller;

  @Inject
  public ArtifactsResource(
      Artifacts artifacts, ArtifactTokens tokens, ArtifactBytes bytes, Caller caller) {
    this.artifacts = artifacts;
    this.tokens = tokens;
    this.bytes = bytes;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ArtifactsResource() {
    this.artifacts = null;
    this.tokens = null;
    this.bytes = null;
    this.caller = null;
  }

  @GET
  @Path("token")
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Access.READ)
  @Operation(summary = "A short-lived token for a player that cannot send a key")
  public Response token(
      @PathParam("sessionID") SessionId session,
      @PathParam("artifactType") String named,
      @QueryParam("marker") @Nullable MarkerId marker) {
    ProjectId project = caller.project();
    String type = ClipRequest.typeOf(named, marker);
    found(project, session, type);
    return Response.ok(tokens.issue(project, session, type))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @GET
  @Requires(Access.READ_OR_TOKEN)
  @Operation(
      summary =
          "The bytes; Range is supported. Of a video format=mp4 gives the MP4, where there is one;"
              + " marker_clip and marker_poster are told the marker")
  public Response bytes(
      @PathParam("sessionID") SessionId session,
      @PathParam("artifactType") String named,
      @QueryParam("marker") @Nullable MarkerId marker,
      @QueryParam("format") @Nullable String format,
      @QueryParam("artifactToken") @Nullable String token,
      @HeaderParam("Range") @Nullable String range) {
    String type = ClipRequest.typeOf(named, marker);
    ProjectId project = token == null ? caller.project() : projectOf(token, session, type);
    // Whoever may see a video may see it as MP4, too: it is the same.
    ArtifactKey key =
        Optional.of(found(project, session, formatOf(type, format)).artifactKey())
            .filter(own -> ArtifactObjects.owns(project, session, own))
            .flatMap(ArtifactKey::parse)
            .orElseThrow(() -> new NotFound("artifact"));
    long size = bytes.size(key).orElseThrow(() -> new NotFound("artifact"));
    Optional<RangeHeader> asked = RangeHeader.parse(range);
    if (asked.isEmpty()) {
      return send(Response.ok(), opened(project, session, key, null));
    }
    return asked
        .get()
        .of(size)
        .map(
            part ->
                sendPart(
                    part.contentRange(size),
                    opened(project, session, key, new ByteRange(part.offset(), part.length()))))
        .orElseGet(
            () ->
                Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + size)
                    .build());
  }

  private static String formatOf(String type, @Nullable String format) {
    if (format == null || format.equals("webm")) {
      return type;
    }
    if (!format.equals("mp4") || !RenderTarget.isVideo(type)) {
      throw new InvalidRequest("format must be webm or mp4, of a video");
    }
    return RenderTarget.mp4Of(type);
  }

  private ArtifactContent opened(
      ProjectId project, SessionId session, ArtifactKey key, @Nullable ByteRange range) {
    return bytes.open(project, session, key, range).orElseThrow(() -> new NotFound("artifact"));
  }

  private static Response sendPart(String contentRange, ArtifactContent content) {
    return send(
        Response.status(Response.Status.PARTIAL_CONTENT).header("Content-Range", contentRange),
        content);
  }

  private static Response send(Response.ResponseBuilder answer, ArtifactContent content) {
    StreamingOutput body =
        out -> {
          try (content) {
            content.stream().transferTo(out);
          }
        };
    return answer
        .entity(body)
        .type(content.contentType())
        .header(HttpHeaders.CONTENT_LENGTH, content.lengthBytes())
        .header("Accept-Ranges", "bytes")
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .build();
  }

  private ProjectId projectOf(String token, SessionId session, String type) {
    return tokens
        .projectOf(token, session, type)
        .orElseThrow(
            () ->
                new NotAuthorizedException(
                    "the artifact token does not open this or has expired",
                    "Bearer realm=\"retrospec\""));
  }

  private ArtifactView found(ProjectId project, SessionId session, String type) {
    return artifacts.find(project, session, type).orElseThrow(() -> new NotFound("artifact"));
  }
}
