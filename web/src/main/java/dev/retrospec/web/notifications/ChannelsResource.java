package dev.retrospec.web.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.ChannelQueries;
import dev.retrospec.notifications.ChannelSetting;
import dev.retrospec.notifications.ChannelTarget;
import dev.retrospec.notifications.ChannelView;
import dev.retrospec.notifications.NotificationChannels;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.Projects;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's messages go. For the holder of the administrators' key alone, because the
 * server posts to the addresses that are set here.
 */
@Path("/v1/admin/projects/{projectID}/channels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class ChannelsResource {

  /** {@code PUT …/channels/{channel}}; what is missing comes from the environment's settings. */
  public record ChannelFields(
      @Nullable Boolean enabled,
      @Nullable String url,
      @Nullable String authorization,
      @Nullable List<String> repositories,
      @Nullable List<String> recipients,
      @Nullable Boolean tellAuthor) {}

  /** All channels. */
  public record ChannelList(List<ChannelView> channels) {}

  private final NotificationChannels channels;
  private final ChannelQueries queries;
  private final Projects projects;

  @Inject
  public ChannelsResource(
      NotificationChannels channels, ChannelQueries queries, Projects projects) {
    this.channels = channels;
    this.queries = queries;
    this.projects = projects;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ChannelsResource() {
    this.channels = null;
    this.queries = null;
    this.projects = null;
  }

  @GET
  @Operation(summary = "Where the project's messages about runs go; secrets are not shown")
  public ChannelList list(@PathParam("projectID") ProjectId project) {
    return new ChannelList(queries.of(known(project)));
  }

  @PUT
  @Path("{channel}")
  @Operation(summary = "Decides about a channel of the project, in the place of the environment")
  public ChannelList put(
      @PathParam("projectID") ProjectId project,
      @PathParam("channel") String channel,
      @Nullable ChannelFields given) {
    ChannelFields fields =
        given == null ? new ChannelFields(null, null, null, null, null, null) : given;
    channels.put(
        known(project),
        new ChannelSetting(
            Channel.fromWireName(channel),
            !Boolean.FALSE.equals(fields.enabled()),
            new ChannelTarget(
                fields.url(),
                fields.authorization(),
                fields.repositories(),
                fields.recipients(),
                fields.tellAuthor())));
    return new ChannelList(queries.of(project));
  }

  @DELETE
  @Path("{channel}")
  @Operation(summary = "Back to the environment's settings")
  public ChannelList remove(
      @PathParam("projectID") ProjectId project, @PathParam("channel") String channel) {
    channels.remove(known(project), Channel.fromWireName(channel));
    return new ChannelList(queries.of(project));
  }

  private ProjectId known(ProjectId project) {
    return projects.find(project).orElseThrow(() -> new NotFound("project")).id();
  }
}
