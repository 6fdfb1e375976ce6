package dev.retrospec.web.ingest;

import dev.retrospec.ingest.ServerErrorFields;
import dev.retrospec.ingest.ServerErrorIntake;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where customers' servers tell what they threw behind an answer. */
@Path("/v1/server-errors")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class ServerErrorsResource {

  /** What the servlet filter sends. */
  public record Told(@Nullable List<@Nullable ServerErrorFields> errors) {}

  /** How many were new. */
  public record Stored(int stored) {}

  private final ServerErrorIntake intake;
  private final Caller caller;

  @Inject
  public ServerErrorsResource(ServerErrorIntake intake, Caller caller) {
    this.intake = intake;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ServerErrorsResource() {
    this.intake = null;
    this.caller = null;
  }

  @POST
  @BodyLimit(mebibytes = 4)
  @Requires(Access.INGEST)
  @Operation(summary = "Stores what a customer's server threw, to be joined to the replay")
  @APIResponse(responseCode = "202", description = "stored; the same again changes nothing")
  @APIResponse(responseCode = "400", description = "one of them is no error; nothing is stored")
  @APIResponse(responseCode = "410", description = "recordings are not wanted any more")
  @APIResponse(responseCode = "429", description = "no room for more of this project today")
  @APIResponse(responseCode = "503", description = "no room for now; try again later")
  public Response tell(@Nullable Told told) {
    if (told == null) {
      throw new InvalidRequest("a JSON body with errors is needed");
    }
    int stored = intake.accept(caller.project(), told.errors());
    return Response.status(Status.ACCEPTED).entity(new Stored(stored)).build();
  }
}
