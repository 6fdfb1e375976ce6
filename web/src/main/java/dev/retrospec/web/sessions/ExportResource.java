package dev.retrospec.web.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionManifest;
import dev.retrospec.inspection.SessionManifests;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.ChunkView;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Json;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A recording to take along: as rrweb's JSON, or as one HTML file that plays it offline. */
@Path("/v1/sessions/{sessionID}/export")
@Requires(Access.READ)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class ExportResource {

  private static final Logger LOG = LoggerFactory.getLogger(ExportResource.class);

  private final SessionManifests manifests;
  private final SessionQueries sessions;
  private final RecordingTimeline timeline;
  private final ChunkCodec codec;
  private final ExportedAssets assets;
  private final Caller caller;

  @Inject
  public ExportResource(
      SessionManifests manifests,
      SessionQueries sessions,
      RecordingTimeline timeline,
      ChunkCodec codec,
      ExportedAssets assets,
      Caller caller) {
    this.manifests = manifests;
    this.sessions = sessions;
    this.timeline = timeline;
    this.codec = codec;
    this.assets = assets;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ExportResource() {
    this.manifests = null;
    this.sessions = null;
    this.timeline = null;
    this.codec = null;
    this.assets = null;
    this.caller = null;
  }

  @GET
  @Operation(summary = "A recording as a file: format=json for rrweb's events, format=html to play")
  public Response export(
      @PathParam("sessionID") SessionId session,
      @QueryParam("format") @DefaultValue("json") String format,
      @Context ServletContext application) {
    ProjectId project = caller.project();
    SessionId recorded =
        sessions.find(project, session).orElseThrow(() -> new NotFound("session")).recordedAs();
    StreamingOutput file =
        switch (format) {
          case "json" -> events(project, recorded);
          case "html" -> page(project, session, recorded, application);
          default -> throw new InvalidRequest("format must be json or html");
        };
    LOG.info("Session {} of {} was exported as {} by {}", session, project, format, caller.name());
    // Never shown in our own origin: it is a file, whatever it holds.
    return Response.ok(file, MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"session-" + session + "." + format + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .build();
  }

  private StreamingOutput events(ProjectId project, SessionId recorded) {
    // Opened before the answer begins: a store that is away is still a clean 503 here.
    InputStream events = timeline.joined(project, recorded);
    return out -> {
      try (events) {
        events.transferTo(out);
      }
    };
  }

  private StreamingOutput page(
      ProjectId project, SessionId session, SessionId recorded, ServletContext application) {
    SessionManifest manifest =
        manifests.find(project, session).orElseThrow(() -> new NotFound("session"));
    ObjectNode told = Json.mapper().valueToTree(manifest);
    told.putArray("assets"); // because they stand in the file itself
    Map<String, Object> listed = Map.of("events", timeline.events(project, recorded, Set.of()));
    String script = resource(application, "/player/offline.js");
    String style = resource(application, "/player/offline.css");
    return out -> {
      OfflinePage page = new OfflinePage(out, script);
      page.begin(session.value(), style);
      page.answer("manifest", json -> json.write(Json.mapper().writeValueAsBytes(told)));
      page.answer("timeline", json -> json.write(Json.mapper().writeValueAsBytes(listed)));
      page.answer("assets", json -> assets.writeTo(json, project, session, manifest.assets()));
      for (ChunkView chunk : manifest.chunks()) {
        Optional<byte[]> zstd = timeline.zstd(project, recorded, new ChunkNumber(chunk.seq()));
        if (zstd.isPresent()) {
          page.answer("chunks/" + chunk.seq(), json -> copy(zstd.get(), json));
        }
      }
      page.end();
    };
  }

  private void copy(byte[] zstd, OutputStream json) throws IOException {
    try (InputStream events = codec.json(zstd)) {
      events.transferTo(json);
    }
  }

  private static String resource(ServletContext application, String path) {
    try (InputStream file = application.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("the application lacks " + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The application's own file cannot be read", e);
    }
  }
}
