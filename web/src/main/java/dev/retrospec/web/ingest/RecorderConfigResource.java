package dev.retrospec.web.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Json;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a recorder asks before anything leaves the page. */
@Path("/v1/recordings/config")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "recording")
@ApplicationScoped
public class RecorderConfigResource {

  /**
   * A kill switch works within a minute in pages that are opened, and at once in open ones: their
   * next chunk is answered with 410.
   */
  private static final String CACHE = "private, max-age=60";

  private final RecordingRules rules;
  private final BodyLimits limits;
  private final Caller caller;

  @Inject
  public RecorderConfigResource(RecordingRules rules, BodyLimits limits, Caller caller) {
    this.rules = rules;
    this.limits = limits;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public RecorderConfigResource() {
    this.rules = null;
    this.limits = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.INGEST)
  @Operation(summary = "The project's recording rules")
  public Response config(@Context Request request) throws JsonProcessingException {
    RecorderConfig config = RecorderConfig.of(rules.inForce(caller.project()), limits);
    // The operator's settings have no version of their own: the whole answer is the tag;
    // by its text, so that it is the same on every node.
    EntityTag tag =
        new EntityTag(Integer.toHexString(Json.mapper().writeValueAsString(config).hashCode()));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer = unchanged != null ? unchanged : Response.ok(config).tag(tag);
    return answer
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .header(HttpHeaders.VARY, "X-Retrospec-Key, x-api-key, Authorization")
        .build();
  }
}
