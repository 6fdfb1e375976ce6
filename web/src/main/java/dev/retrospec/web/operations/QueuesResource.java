package dev.retrospec.web.operations;

import dev.retrospec.jobs.DeadLetters;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.QueueHealth;
import dev.retrospec.jobs.Redrive;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the workers' queues are doing, and what they gave up. */
@Path("/v1/admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class QueuesResource {

  private static final int DEFAULT_REDRIVE = 100;

  /** An answer in the contract's envelope. */
  public record Result<T>(T result) {}

  /** {@code POST …/queue-redrive}. */
  public record RedriveRequest(@Nullable String queue, @Nullable Integer limit) {}

  /** How many were brought back. */
  public record Redriven(int redriven) {}

  private final QueueHealth health;
  private final DeadLetters deadLetters;
  private final Redrive redrive;

  @Inject
  public QueuesResource(QueueHealth health, DeadLetters deadLetters, Redrive redrive) {
    this.health = health;
    this.deadLetters = deadLetters;
    this.redrive = redrive;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public QueuesResource() {
    this.health = null;
    this.deadLetters = null;
    this.redrive = null;
  }

  @GET
  @Path("queue-health")
  @Operation(summary = "Depths of the queues, judged by thresholds")
  public QueueHealth.Report health() {
    return health.report();
  }

  @GET
  @Path("queue-dead-letters")
  @Operation(summary = "Jobs that were given up")
  public Result<DeadLetters.Listing> deadLetters(
      @QueryParam("queue") @Nullable String queue,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("offset") @DefaultValue("0") int offset) {
    return new Result<>(deadLetters.list(queue(queue), limit, offset));
  }

  @POST
  @Path("queue-redrive")
  @Operation(summary = "Gives jobs that were given up all their attempts again")
  public Result<Redriven> redrive(@Nullable RedriveRequest wanted) {
    if (wanted == null) {
      throw new InvalidRequest("a JSON body with queue and limit is needed");
    }
    int limit = wanted.limit() == null ? DEFAULT_REDRIVE : wanted.limit();
    return new Result<>(new Redriven(redrive.redrive(queue(wanted.queue()), limit)));
  }

  private static JobKind queue(@Nullable String name) {
    return JobKind.fromWireName(name == null ? "" : name);
  }
}
