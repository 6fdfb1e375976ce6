package dev.retrospec.web.notifications;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.NotificationView;
import dev.retrospec.notifications.Notifications;
import dev.retrospec.notifications.RunMessages;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a CI job has its author told, and sees what became of it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class NotifyResource {

  private static final int MAX_LIMIT = 200;

  /**
   * @param status {@code sent}: taken over for sending; each message has its own status
   * @param notifications one for each channel that is set up
   */
  public record Told(String status, List<NotificationView> notifications) {}

  /** The messages, newest first. */
  public record NotificationList(List<NotificationView> notifications) {}

  private final RunMessages messages;
  private final Notifications notifications;
  private final Caller caller;

  @Inject
  public NotifyResource(RunMessages messages, Notifications notifications, Caller caller) {
    this.messages = messages;
    this.notifications = notifications;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public NotifyResource() {
    this.messages = null;
    this.notifications = null;
    this.caller = null;
  }

  @POST
  @Path("notify")
  @Consumes(MediaType.APPLICATION_JSON)
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

  @GET
  @Path("v1/notifications")
  @Requires(Access.READ)
  @Operation(summary = "The messages about a run, or the project's last ones")
  public NotificationList list(
      @QueryParam("testRunId") @Nullable TestRunId run,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_LIMIT);
    }
    return new NotificationList(
        run == null
            ? notifications.recent(caller.project(), limit)
            : notifications.ofRun(caller.project(), run));
  }
}
