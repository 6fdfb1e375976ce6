package dev.retrospec.web.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.SnapshotAddresses;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's snapshots may go. For administrators: an entry can open the network that this
 * server stands in.
 */
@Path("/v1/admin/projects/{projectID}/snapshot-addresses")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class SnapshotAddressesResource {

  /** Hosts, addresses and networks, each with an optional port. */
  public record AddressList(@Nullable List<@Nullable String> addresses) {}

  private final SnapshotAddresses addresses;

  @Inject
  public SnapshotAddressesResource(SnapshotAddresses addresses) {
    this.addresses = addresses;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public SnapshotAddressesResource() {
    this(null);
  }

  @GET
  @Operation(summary = "The project's own entries; none: every page on the Internet at large")
  public AddressList get(@PathParam("projectID") ProjectId project) {
    return new AddressList(List.copyOf(addresses.of(project)));
  }

  @PUT
  @Operation(summary = "Replaces the entries")
  public AddressList replace(
      @PathParam("projectID") ProjectId project, @Nullable AddressList wanted) {
    if (wanted == null || wanted.addresses() == null) {
      throw new InvalidRequest("addresses is needed: a list, which may be empty");
    }
    List<String> entries =
        wanted.addresses().stream().map(entry -> Objects.requireNonNullElse(entry, "")).toList();
    return new AddressList(List.copyOf(addresses.replace(project, entries)));
  }
}
