package dev.retrospec.web.sourcemaps;

import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import dev.retrospec.sourcemaps.NewSourceMap;
import dev.retrospec.sourcemaps.SourceMapUpload;
import dev.retrospec.sourcemaps.SourceMapUpload.Outcome;
import dev.retrospec.sourcemaps.SourceMapUpload.Uploaded;
import dev.retrospec.sourcemaps.SourceMapView;
import dev.retrospec.sourcemaps.SourceMaps;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Source maps of a project's builds. They come in and are listed; nobody reads one back, and a key
 * that stands on a public page does not even see that they are here.
 */
@Path("/v1/sourcemaps")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "sourcemaps")
@ApplicationScoped
public class SourceMapsResource {

  private static final long MIB = 1024 * 1024;
  private static final int MAX_LIST = 500;

  /** The latest upload first. */
  public record SourceMapList(List<SourceMapView> sourceMaps, @Nullable String nextCursor) {}

  /** Of a release. */
  public record Removed(int deleted) {}

  private final SourceMapUpload uploads;
  private final SourceMaps maps;
  private final Caller caller;

  @Inject
  public SourceMapsResource(SourceMapUpload uploads, SourceMaps maps, Caller caller) {
    this.uploads = uploads;
    this.maps = maps;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public SourceMapsResource() {
    this.uploads = null;
    this.maps = null;
    this.caller = null;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  @Requires(Access.WRITE)
  @BodyLimit(mebibytes = SourceMapUpload.MEBIBYTES)
  @Operation(
      summary =
          "Keeps a source map (the body, may be gzip): by debugId, or by release and the script's"
              + " url; the same again changes nothing")
  public Response upload(
      @QueryParam("debugId") @Nullable DebugId debugId,
      @QueryParam("release") @Nullable String release,
      @QueryParam("url") @Nullable String url,
      @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
      InputStream body)
      throws IOException {
    BodyLimits limits =
        new BodyLimits(SourceMapUpload.MEBIBYTES * MIB, SourceMapUpload.MEBIBYTES * MIB);
    try (BoundedInflater json = new BoundedInflater(body, encoding, limits)) {
      Uploaded uploaded =
          uploads.accept(caller.project(), new NewSourceMap(debugId, release, url), json);
      return Response.status(uploaded.outcome() == Outcome.CREATED ? Status.CREATED : Status.OK)
          .entity(uploaded)
          .build();
    }
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Lists source maps with their sizes, of all releases or of one")
  public Response list(
      @QueryParam("release") @Nullable String release,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Context UriInfo request) {
    if (limit < 1 || limit > MAX_LIST) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIST);
    }
    Page<SourceMapView> page =
        maps.list(caller.project(), release, cursor == null ? null : Cursor.parse(cursor), limit);
    return NextLink.answer(request, page, new SourceMapList(page.items(), page.nextCursor()));
  }

  @DELETE
  @Path("{sourceMapID}")
  @Requires(Access.WRITE)
  @Operation(summary = "Deletes a source map; what it has told of errors stays")
  public Response delete(@PathParam("sourceMapID") SourceMapId id) {
    uploads.delete(caller.project(), id);
    return Response.noContent().build();
  }

  @DELETE
  @Requires(Access.WRITE)
  @Operation(summary = "Deletes the source maps that are part of this release and of no other")
  public Removed deleteRelease(@QueryParam("release") @Nullable String release) {
    if (release == null || release.isBlank()) {
      throw new InvalidRequest("release is needed");
    }
    return new Removed(uploads.deleteRelease(caller.project(), release.strip()));
  }
}
