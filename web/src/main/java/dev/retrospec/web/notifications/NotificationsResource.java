package dev.retrospec.web.notifications;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.NotificationView;
import dev.retrospec.notifications.Notifications;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of the messages. */
@Path("/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Requires(Access.READ)
@SecurityRequirement(name = "project")
@Tag(name = "ci")
@ApplicationScoped
public class NotificationsResource {

  private static final int MAX_LIMIT = 200;

  /** The messages, newest first. */
  public record NotificationList(List<NotificationView> notifications) {}

  private final Notifications notifications;
  private final Caller caller;

  @Inject
  public NotificationsResource(Notifications notifications, Caller caller) {
    this.notifications = notifications;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public NotificationsResource() {
    this.notifications = null;
    this.caller = null;
  }

  @GET
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
