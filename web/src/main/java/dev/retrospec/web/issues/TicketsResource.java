package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TicketLinking;
import dev.retrospec.tickets.TicketSync;
import dev.retrospec.tickets.TicketView;
import dev.retrospec.tickets.TicketWebhook;
import dev.retrospec.tickets.TrackerChange;
import dev.retrospec.tickets.TrackerKind;
import dev.retrospec.tickets.TrackerTrials;
import dev.retrospec.tickets.TrackerView;
import dev.retrospec.tickets.Trackers;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Issues as tickets of other trackers. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "tickets")
@ApplicationScoped
public class TicketsResource {

  /** As much as the trackers send at most, with room. */
  private static final int MAX_WEBHOOK_BYTES = 1024 * 1024;

  /** {@code PUT /v1/tickets/{provider}}. */
  public record TrackerBody(
      @Nullable String server,
      @Nullable String place,
      @Nullable String account,
      @Nullable String token,
      @Nullable String webhookSecret,
      @Nullable Boolean closedTicketResolves,
      @Nullable Boolean resolvedIssueCloses) {}

  /** {@code POST …/tickets}. */
  public record TicketBody(@Nullable String provider, @Nullable String ticket) {}

  /** The project's trackers, without their secrets. */
  public record TrackerList(List<TrackerView> trackers) {}

  /** A tracker, without its secrets. */
  public record OneTracker(TrackerView tracker) {}

  /** An issue's tickets. */
  public record TicketList(ClusterKey clusterKey, List<TicketView> tickets) {}

  /** A ticket. */
  public record OneTicket(TicketView ticket) {}

  private final Trackers trackers;
  private final TrackerTrials trials;
  private final TicketLinking linking;
  private final TicketSync sync;
  private final Actors actors;
  private final Caller caller;
  private final Clock clock;

  @Inject
  public TicketsResource(
      Trackers trackers,
      TrackerTrials trials,
      TicketLinking linking,
      TicketSync sync,
      Actors actors,
      Caller caller,
      Clock clock) {
    this.trackers = trackers;
    this.trials = trials;
    this.linking = linking;
    this.sync = sync;
    this.actors = actors;
    this.caller = caller;
    this.clock = clock;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public TicketsResource() {
    this.trackers = null;
    this.trials = null;
    this.linking = null;
    this.sync = null;
    this.actors = null;
    this.caller = null;
    this.clock = null;
  }

  @GET
  @Path("tickets")
  @Requires(Access.READ)
  @Operation(summary = "The project's trackers; tokens are never shown")
  public TrackerList trackers() {
    return new TrackerList(trackers.of(caller.project()));
  }

  @PUT
  @Path("tickets/{provider}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.SET_UP)
  @Operation(summary = "Sets up a tracker: github, gitlab, jira or linear")
  public OneTracker setUp(@PathParam("provider") String provider, @Nullable TrackerBody body) {
    if (body == null || body.place() == null) {
      throw new InvalidRequest("place is required");
    }
    return new OneTracker(
        trackers.set(
            caller.project(),
            new TrackerChange(
                TrackerKind.fromWireName(provider),
                body.server(),
                body.place(),
                body.account(),
                body.token(),
                body.webhookSecret(),
                Boolean.TRUE.equals(body.closedTicketResolves()),
                Boolean.TRUE.equals(body.resolvedIssueCloses()))));
  }

  @POST
  @Path("tickets/{provider}/trial")
  @Requires(Access.SET_UP)
  @Operation(summary = "Asks the tracker whether token and place are right; the answer is listed")
  public Response tryOut(@PathParam("provider") String provider) {
    TrackerView tracker = trials.ask(caller.project(), TrackerKind.fromWireName(provider));
    return Response.status(Status.ACCEPTED).entity(new OneTracker(tracker)).build();
  }

  @DELETE
  @Path("tickets/{provider}")
  @Requires(Access.SET_UP)
  @Operation(summary = "Forgets a tracker with its token and secret")
  public void forget(@PathParam("provider") String provider) {
    trackers.remove(caller.project(), TrackerKind.fromWireName(provider));
  }

  @GET
  @Path("issues/{clusterKey}/tickets")
  @Requires(Access.READ)
  @Operation(summary = "The tickets of an issue")
  public TicketList tickets(@PathParam("clusterKey") ClusterKey key) {
    return new TicketList(key, linking.of(caller.project(), key));
  }

  @POST
  @Path("issues/{clusterKey}/tickets")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Access.WRITE)
  @Operation(summary = "Has a ticket made, or ties the one that is named")
  public Response link(@PathParam("clusterKey") ClusterKey key, @Nullable TicketBody body) {
    if (body == null || body.provider() == null) {
      throw new InvalidRequest("provider is required");
    }
    TicketView ticket =
        linking.link(
            caller.project(),
            key,
            TrackerKind.fromWireName(body.provider()),
            body.ticket(),
            actors.current());
    return Response.status(Status.ACCEPTED).entity(new OneTicket(ticket)).build();
  }

  @DELETE
  @Path("issues/{clusterKey}/tickets/{id}")
  @Requires(Access.WRITE)
  @Operation(summary = "Unties a ticket; it stays where it is")
  public void unlink(@PathParam("clusterKey") ClusterKey key, @PathParam("id") String id) {
    linking.unlink(caller.project(), key, id, actors.current());
  }

  @POST
  @Path("tickets/{provider}/webhook")
  @Consumes(MediaType.WILDCARD)
  @Requires(Access.PUBLIC)
  @Operation(summary = "A tracker's signed message that a ticket was closed or opened again")
  public Response webhook(
      @PathParam("provider") String provider,
      @QueryParam("project") @Nullable String project,
      @Context HttpHeaders headers,
      InputStream in)
      throws IOException {
    TrackerKind kind = TrackerKind.fromWireName(provider);
    byte[] body = in.readNBytes(MAX_WEBHOOK_BYTES + 1);
    if (body.length > MAX_WEBHOOK_BYTES) {
      return Refusal.of(Status.REQUEST_ENTITY_TOO_LARGE, "a message is at most 1 MiB");
    }
    Optional<ProjectId> meant = projectOf(project);
    boolean isGenuine =
        meant
            .flatMap(known -> sync.webhookSecret(known, kind))
            .filter(
                secret ->
                    TicketWebhook.isGenuine(
                        kind, secret, headers::getHeaderString, body, clock.instant()))
            .isPresent();
    if (!isGenuine) {
      // The same for a project that does not exist: nobody learns which ones do.
      return Refusal.of(
          Status.UNAUTHORIZED, "the message is not signed with this project's secret");
    }
    TicketWebhook.read(kind, headers.getHeaderString("X-GitHub-Event"), body)
        .ifPresent(told -> sync.told(Objects.requireNonNull(meant.get()), kind, told));
    return Response.noContent().build();
  }

  private static Optional<ProjectId> projectOf(@Nullable String project) {
    try {
      return project == null ? Optional.empty() : Optional.of(new ProjectId(project));
    } catch (InvalidId e) {
      return Optional.empty();
    }
  }
}
