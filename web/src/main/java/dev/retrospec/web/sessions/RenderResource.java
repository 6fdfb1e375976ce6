package dev.retrospec.web.sessions;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderRequests.Asked;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.replays.rendering.RenderingOff;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Videos on demand. */
@Path("/v1/sessions/{sessionID}/artifacts/{artifactType}/render")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class RenderResource {

  /**
   * What will be made.
   *
   * @param artifactType by which it can be fetched then
   * @param isNew false when it was asked for a moment ago
   */
  public record Accepted(String artifactType, boolean isNew) {}

  private final RenderRequests requests;
  private final SessionQueries sessions;
  private final Caller caller;

  @Inject
  public RenderResource(RenderRequests requests, SessionQueries sessions, Caller caller) {
    this.requests = requests;
    this.sessions = sessions;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RenderResource() {
    this.requests = null;
    this.sessions = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(
      summary =
          "Asks for the video of a session (replay_video) or of a marker (marker_clip?marker=ID);"
              + " what became of it is among the session's artifacts")
  public Response ask(
      @PathParam("sessionID") SessionId session,
      @PathParam("artifactType") String named,
      @QueryParam("marker") @Nullable MarkerId marker) {
    ProjectId project = caller.project();
    RenderTarget target = ClipRequest.targetOf(named, marker);
    sessions.find(project, session).orElseThrow(() -> new NotFound("session"));
    Asked asked = requests.ask(project, session, target, RenderRequests.BY_HAND);
    if (asked instanceof Asked.Refused) {
      throw new RenderingOff();
    }
    if (asked instanceof Asked.NoSuchMarker) {
      throw new NotFound("marker");
    }
    return Response.accepted(new Accepted(target.video(), asked instanceof Asked.Accepted)).build();
  }
}
