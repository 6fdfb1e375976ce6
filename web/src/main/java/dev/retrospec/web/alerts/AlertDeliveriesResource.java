package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertDeliveryView;
import dev.retrospec.alerts.AlertTests;
import dev.retrospec.alerts.DeliveryQueries;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.NextLink;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of the alerts of a project's rules. */
@Path("/v1/projects/{projectID}/alert-deliveries")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "alerts")
@ApplicationScoped
public class AlertDeliveriesResource {

  private static final int MAX_LIMIT = 200;

  /** A piece of the list, newest first. */
  public record DeliveryList(List<AlertDeliveryView> deliveries, @Nullable String nextCursor) {}

  /** One delivery. */
  public record Delivery(AlertDeliveryView delivery) {}

  private final DeliveryQueries deliveries;
  private final AlertTests tests;
  private final Caller caller;

  @Inject
  public AlertDeliveriesResource(DeliveryQueries deliveries, AlertTests tests, Caller caller) {
    this.deliveries = deliveries;
    this.tests = tests;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public AlertDeliveriesResource() {
    this.deliveries = null;
    this.tests = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "Messages of alert rules with the answers they got, newest first")
  public Response list(
      @PathParam("projectID") ProjectId project,
      @QueryParam("ruleId") @Nullable AlertRuleId rule,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("cursor") @Nullable AlertDeliveryId cursor,
      @Context UriInfo request) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_LIMIT);
    }
    Page<AlertDeliveryView> page =
        Page.of(
            deliveries.latest(own(project), rule, cursor, limit + 1),
            limit,
            last -> last.id().value());
    return NextLink.answer(request, page, new DeliveryList(page.items(), page.nextCursor()));
  }

  @POST
  @Path("{deliveryID}/redeliver")
  @Requires(Access.WRITE)
  @Operation(summary = "Makes a delivery again that has ended")
  public Response again(
      @PathParam("projectID") ProjectId project, @PathParam("deliveryID") AlertDeliveryId id) {
    tests.again(own(project), id);
    return deliveries
        .find(project, id)
        .map(one -> Response.status(Status.ACCEPTED).entity(new Delivery(one)).build())
        .orElseThrow(() -> new NotFound("delivery"));
  }

  /** A key opens its own project; of others it does not say whether there are any. */
  private ProjectId own(ProjectId project) {
    if (!project.equals(caller.project())) {
      throw new NotFound("project");
    }
    return project;
  }
}
