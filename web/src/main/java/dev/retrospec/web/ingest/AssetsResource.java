package dev.retrospec.web.ingest;

import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.AssetFields;
import dev.retrospec.ingest.AssetIntake;
import dev.retrospec.ingest.AssetIntake.Receipt;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.BodyLimit;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where recorders bring the pictures and fonts that pages are made of. */
@Path("/v1/recordings/{sessionID}/assets")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class AssetsResource {

  /** What a session's pages showed. */
  public record Told(@Nullable List<@Nullable AssetFields> assets) {}

  /** What nobody has brought yet. */
  public record Missing(Set<ContentHash> missing) {}

  /**
   * @param stored false when it was here already, or when there is no room for it
   */
  public record Kept(ContentHash sha256, boolean stored) {}

  /** RFC 4918, section 11.5. */
  private static final int INSUFFICIENT_STORAGE = 507;

  private final AssetIntake intake;
  private final Caller caller;

  @Inject
  public AssetsResource(AssetIntake intake, Caller caller) {
    this.intake = intake;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public AssetsResource() {
    this.intake = null;
    this.caller = null;
  }

  @POST
  @BodyLimit(mebibytes = 1)
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.INGEST)
  @Operation(summary = "Tells what a session's pages showed; the answer names what is not kept yet")
  @APIResponse(responseCode = "410", description = "recordings are not wanted any more")
  public Missing tell(@PathParam("sessionID") SessionId session, @Nullable Told told) {
    if (told == null) {
      throw new InvalidRequest("a JSON body with assets is needed");
    }
    return new Missing(intake.tell(caller.project(), session, told.assets()));
  }

  @POST
  @Path("{sha256}")
  @BodyLimit(mebibytes = 4)
  @Consumes(MediaType.WILDCARD)
  @Requires(Access.INGEST)
  @Operation(summary = "Keeps one content; the same again is harmless")
  @APIResponse(responseCode = "202", description = "kept, or known already")
  @APIResponse(responseCode = "404", description = "the session did not tell of it before")
  @APIResponse(responseCode = "413", description = "larger than 4 MB")
  @APIResponse(responseCode = "503", description = "too many at once; bring it again later")
  @APIResponse(responseCode = "507", description = "the project keeps no more")
  public Response keep(
      @PathParam("sessionID") SessionId session,
      @PathParam("sha256") ContentHash hash,
      InputStream body)
      throws IOException {
    return answer(hash, intake.keep(caller.project(), session, hash, body));
  }

  private static Response answer(ContentHash hash, Receipt receipt) {
    int status =
        receipt == Receipt.NO_ROOM ? INSUFFICIENT_STORAGE : Status.ACCEPTED.getStatusCode();
    return Response.status(status).entity(new Kept(hash, receipt == Receipt.KEPT)).build();
  }
}
