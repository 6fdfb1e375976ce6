package dev.retrospec.web.sessions;

import dev.retrospec.ids.NoteId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.NoteTaking;
import dev.retrospec.sessions.SessionNote;
import dev.retrospec.sessions.SessionNotes;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Notes at moments of a session. */
@Path("/v1/sessions/{sessionID}/notes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "sessions")
@ApplicationScoped
public class NotesResource {

  /** A note as it is written: the moment in milliseconds since the session's start. */
  public record NewNote(@Nullable Long atMs, @Nullable String text) {}

  /** In the order of the replay. */
  public record Notes(List<SessionNote> notes) {}

  /** The stored note. */
  public record Note(SessionNote note) {}

  private final NoteTaking taking;
  private final SessionNotes notes;
  private final Caller caller;

  @Inject
  public NotesResource(NoteTaking taking, SessionNotes notes, Caller caller) {
    this.taking = taking;
    this.notes = notes;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public NotesResource() {
    this.taking = null;
    this.notes = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "What people wrote at moments of a session")
  public Notes notes(@PathParam("sessionID") SessionId session) {
    return new Notes(notes.of(caller.project(), session));
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(summary = "Writes a note at a moment of a session")
  public Response take(@PathParam("sessionID") SessionId session, @Nullable NewNote written) {
    if (written == null) {
      throw new InvalidRequest("a JSON body with atMs and text is needed");
    }
    SessionNote note =
        taking.take(caller.project(), session, written.atMs(), written.text(), caller.name());
    return Response.status(Status.CREATED).entity(new Note(note)).build();
  }

  @DELETE
  @Path("{noteID}")
  @Requires(Access.WRITE)
  @Operation(summary = "Takes a note away")
  public Response remove(
      @PathParam("sessionID") SessionId session, @PathParam("noteID") NoteId note) {
    taking.remove(caller.project(), session, note);
    return Response.noContent().build();
  }
}
