package dev.retrospec.web.notifications;

import dev.retrospec.notifications.NotificationView;
import dev.retrospec.notifications.RunMessages;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.CiRoute;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a CI job has its author told. */
@Path("/notify")
@CiRoute
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class NotifyResource {

  /**
   * @param status {@code sent}: taken over for sending; each message has its own status
   * @param notifications one for each channel that is set up
   */
  public record Told(String status, List<NotificationView> notifications) {}

  private final RunMessages messages;
  private final Caller caller;

  @Inject
  public NotifyResource(RunMessages messages, Caller caller) {
    this.messages = messages;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public NotifyResource() {
    this.messages = null;
    this.caller = null;
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(
      summary =
          "Tells about a run on every channel that is set up; the same again tells nobody twice")
  public Told tell(@Nullable NotifyBody body) {
    if (body == null) {
      throw new InvalidRequest(
          "a JSON body with testRunId, commitHash, author and branch is needed");
    }
    return new Told("sent", messages.request(caller.project(), body.report()));
  }
}
