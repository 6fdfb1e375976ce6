package dev.retrospec.web.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.StoredSession;
import dev.retrospec.inspection.StoredSessions;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.retention.SessionErasure;
import dev.retrospec.sessions.SessionLabelling;
import dev.retrospec.sessions.SessionLabelling.LinkFields;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionRow;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Json;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions: search, one with all that hangs on it, its events whole, and its end. */
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class SessionsResource {

  private static final Logger LOG = LoggerFactory.getLogger(SessionsResource.class);

  /** A piece of the list. */
  public record SessionList(List<SessionRow> sessions, @Nullable String nextCursor) {}

  /** One session. */
  public record Session(StoredSession session) {}

  /** What is there takes the place of what was; what is not there stays. */
  public record Labels(
      @Nullable List<@Nullable String> tags, @Nullable List<@Nullable LinkFields> links) {}

  private final SessionQueries queries;
  private final StoredSessions sessions;
  private final RecordingTimeline timeline;
  private final SessionErasure erasure;
  private final SessionLabelling labelling;
  private final Caller caller;

  @Inject
  public SessionsResource(
      SessionQueries queries,
      StoredSessions sessions,
      RecordingTimeline timeline,
      SessionErasure erasure,
      SessionLabelling labelling,
      Caller caller) {
    this.queries = queries;
    this.sessions = sessions;
    this.timeline = timeline;
    this.erasure = erasure;
    this.labelling = labelling;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public SessionsResource() {
    this.queries = null;
    this.sessions = null;
    this.timeline = null;
    this.erasure = null;
    this.labelling = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Searches sessions, newest first")
  public Response search(@BeanParam SessionSearch search, @Context UriInfo request) {
    Page<SessionRow> page = queries.search(caller.project(), search.filter());
    return NextLink.answer(request, page, new SessionList(page.items(), page.nextCursor()));
  }

  @GET
  @Path("{sessionID}")
  @Requires(Access.READ)
  @Operation(summary = "A session with its markers, artifacts and report card")
  public Session session(@PathParam("sessionID") SessionId session) {
    return new Session(
        sessions.find(caller.project(), session).orElseThrow(() -> new NotFound("session")));
  }

  @GET
  @Path("{sessionID}/events")
  @Requires(Access.READ)
  @Operation(summary = "All rrweb events of a session, streamed")
  public Response events(@PathParam("sessionID") SessionId id) {
    ProjectId project = caller.project();
    SessionView session = queries.find(project, id).orElseThrow(() -> new NotFound("session"));
    // Opened before the answer begins: a store that is away is still a clean 503 here.
    InputStream events = timeline.joined(project, session.recordedAs());
    StreamingOutput body = out -> write(session, events, out);
    return Response.ok(body).build();
  }

  @PATCH
  @Path("{sessionID}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.WRITE)
  @Operation(summary = "Sets a session's tags, and its links to tickets and accounts")
  public Session label(@PathParam("sessionID") SessionId session, @Nullable Labels labels) {
    if (labels == null) {
      throw new InvalidRequest("a JSON body with tags or links is needed");
    }
    labelling.label(caller.project(), session, labels.tags(), labels.links());
    return session(session);
  }

  @DELETE
  @Path("{sessionID}")
  @Requires(Access.WRITE)
  @Operation(summary = "Erases a session with everything that hangs on it, now")
  public Response erase(@PathParam("sessionID") SessionId session) {
    ProjectId project = caller.project();
    queries.find(project, session).orElseThrow(() -> new NotFound("session"));
    if (!erasure.eraseForGood(project, session)) {
      return Refusal.of(Status.SERVICE_UNAVAILABLE, "not all of it could be erased; try again");
    }
    LOG.info("Session {} of {} was erased by {}", session, project, caller.name());
    return Response.noContent().build();
  }

  private static void write(SessionView session, InputStream events, OutputStream out)
      throws IOException {
    try (events) {
      String id = Json.mapper().writeValueAsString(session.id());
      String key =
          Json.mapper()
              .writeValueAsString(Objects.requireNonNullElse(session.eventsObjectKey(), ""));
      out.write(
          ("{\"sessionId\":" + id + ",\"eventsObjectKey\":" + key + ",\"events\":")
              .getBytes(StandardCharsets.UTF_8));
      events.transferTo(out);
      out.write('}');
    }
  }
}
