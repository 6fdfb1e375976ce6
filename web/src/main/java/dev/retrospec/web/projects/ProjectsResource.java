package dev.retrospec.web.projects;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.ApiKey;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.projects.KeyScope;
import dev.retrospec.projects.MintedKey;
import dev.retrospec.projects.Project;
import dev.retrospec.projects.ProjectRegistration;
import dev.retrospec.projects.Projects;
import dev.retrospec.web.http.Access;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Projects and keys, for the holder of the administrators' key. */
@Path("/v1/admin/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class ProjectsResource {

  /** {@code POST /v1/admin/projects}. */
  public record NewProject(@Nullable String name, @Nullable String site, @Nullable String label) {}

  /** {@code POST …/keys}. */
  public record NewKey(@Nullable String label, @Nullable String scope) {}

  /** A project with its first key, whose secret is shown this once. */
  public record CreatedProject(Project project, String apiKey) {}

  /** A key whose secret is shown this once. */
  public record CreatedKey(
      ApiKeyId apiKeyId, ProjectId projectId, String label, KeyScope scope, String apiKey) {

    static CreatedKey of(MintedKey minted) {
      ApiKey key = minted.key();
      return new CreatedKey(key.id(), key.projectId(), key.label(), key.scope(), minted.raw());
    }
  }

  /** All projects. */
  public record ProjectList(List<Project> projects) {}

  /** All keys of a project. */
  public record KeyList(List<ApiKey> keys) {}

  private final ProjectRegistration registration;
  private final Projects projects;
  private final ApiKeys keys;

  @Inject
  public ProjectsResource(ProjectRegistration registration, Projects projects, ApiKeys keys) {
    this.registration = registration;
    this.projects = projects;
    this.keys = keys;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public ProjectsResource() {
    this.registration = null;
    this.projects = null;
    this.keys = null;
  }

  @POST
  @Operation(summary = "Adds a project and mints its first secret key")
  public Response create(@Nullable NewProject wanted) {
    NewProject project = required(wanted);
    ProjectRegistration.Registered made =
        registration.register(text(project.name()), text(project.site()), text(project.label()));
    return Response.status(Response.Status.CREATED)
        .entity(new CreatedProject(made.project(), made.firstKey().raw()))
        .build();
  }

  @GET
  @Operation(summary = "Lists projects")
  public ProjectList list() {
    return new ProjectList(projects.all());
  }

  @POST
  @Path("{projectID}/keys")
  @Operation(summary = "Mints a key; its secret is shown this once")
  public Response createKey(@PathParam("projectID") ProjectId project, @Nullable NewKey wanted) {
    NewKey key = wanted == null ? new NewKey(null, null) : wanted;
    KeyScope scope =
        key.scope() == null || key.scope().isBlank() ? KeyScope.SECRET : KeyScope.of(key.scope());
    MintedKey minted = keys.mint(project, text(key.label()), scope);
    return Response.status(Response.Status.CREATED).entity(CreatedKey.of(minted)).build();
  }

  @GET
  @Path("{projectID}/keys")
  @Operation(summary = "Lists a project's keys without their secrets")
  public KeyList keys(@PathParam("projectID") ProjectId project) {
    projects.find(project).orElseThrow(() -> new NotFound("project"));
    return new KeyList(keys.of(project));
  }

  @DELETE
  @Path("{projectID}/keys/{keyID}")
  @Operation(summary = "Revokes a key; it stops working at once")
  public Response revoke(
      @PathParam("projectID") ProjectId project, @PathParam("keyID") ApiKeyId key) {
    keys.revoke(project, key);
    return Response.noContent().build();
  }

  private static NewProject required(@Nullable NewProject body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body with name and site is needed");
    }
    return body;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
