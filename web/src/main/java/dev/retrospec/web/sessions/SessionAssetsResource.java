package dev.retrospec.web.sessions;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.assets.Assets;
import dev.retrospec.assets.StoredAsset;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The pictures and fonts of a replay. */
@Path("/v1/sessions/{sessionID}/assets/{sha256}")
@Requires(Access.READ)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class SessionAssetsResource {

  /** The address is the content's own hash; only who may read it can change. */
  private static final String CACHE = "private, max-age=31536000, immutable";

  private final Assets assets;
  private final ArtifactStore store;
  private final Caller caller;

  @Inject
  public SessionAssetsResource(Assets assets, ArtifactStore store, Caller caller) {
    this.assets = assets;
    this.store = store;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public SessionAssetsResource() {
    this.assets = null;
    this.store = null;
    this.caller = null;
  }

  @GET
  @Operation(summary = "What a page of this session showed, by its SHA-256")
  public Response bytes(
      @PathParam("sessionID") SessionId session, @PathParam("sha256") ContentHash hash) {
    StoredAsset asset =
        assets
            .find(caller.project(), session, hash)
            .orElseThrow(() -> new NotFound("asset of this session"));
    ArtifactContent content =
        store.open(asset.key()).orElseThrow(() -> new NotFound("asset of this session"));
    StreamingOutput body =
        out -> {
          try (InputStream bytes = content.stream()) {
            bytes.transferTo(out);
          }
        };
    return Response.ok(body, asset.mediaType()).header(HttpHeaders.CACHE_CONTROL, CACHE).build();
  }
}
