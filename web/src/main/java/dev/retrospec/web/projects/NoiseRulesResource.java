package dev.retrospec.web.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.NoiseRules;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a project calls noise: kept in its session, counted, and never an issue. */
@Path("/v1/admin/projects/{projectID}/noise-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.ADMIN)
@SecurityRequirement(name = "admin")
@Tag(name = "administration")
@ApplicationScoped
public class NoiseRulesResource {

  private final NoiseRules rules;

  @Inject
  public NoiseRulesResource(NoiseRules rules) {
    this.rules = rules;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public NoiseRulesResource() {
    this.rules = null;
  }

  /**
   * @param markers that it kept out of the issues, of sessions that are still there
   */
  public record RuleView(
      String name,
      NoiseRule.Subject on,
      String pattern,
      boolean enabled,
      boolean builtIn,
      long markers,
      long sessions,
      @Nullable Instant lastSeenAt) {

    static RuleView of(NoiseRule rule, NoiseRules.@Nullable Count count) {
      return new RuleView(
          rule.name(),
          rule.on(),
          rule.pattern(),
          rule.enabled(),
          NoisePolicy.isDefault(rule.name()),
          count == null ? 0 : count.markers(),
          count == null ? 0 : count.sessions(),
          count == null ? null : count.lastSeenAt());
    }
  }

  /** All rules, in the order in which they are tried. */
  public record RulesView(int version, List<RuleView> rules) {}

  /** A rule as a client tells it; of one that comes with RetroSpec only {@code enabled} counts. */
  public record RuleFields(
      @Nullable String name,
      @Nullable String on,
      @Nullable String pattern,
      @Nullable Boolean enabled) {}

  /** All of the project's rules; those of ours that are not named stay as they come. */
  public record RulesFields(@Nullable List<@Nullable RuleFields> rules) {}

  @GET
  @Operation(summary = "What is noise, and how much of it there was; the ETag is the version")
  public Response get(@PathParam("projectID") ProjectId project) {
    return answer(project, rules.of(project));
  }

  @PUT
  @Operation(summary = "Replaces the rules; with If-Match only if nobody else did meanwhile")
  public Response replace(
      @PathParam("projectID") ProjectId project,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable RulesFields told) {
    if (told == null || told.rules() == null) {
      throw new InvalidRequest("a JSON body with rules is needed");
    }
    List<NoiseRule> wanted = told.rules().stream().map(NoiseRulesResource::rule).toList();
    OptionalInt version = VersionTag.parse(ifMatch);
    try {
      int seen = version.orElseGet(() -> rules.of(project).version());
      return answer(project, rules.replace(project, seen, wanted));
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(
          version.isPresent() ? Status.PRECONDITION_FAILED : Status.CONFLICT, changed.getMessage());
    }
  }

  private static NoiseRule rule(@Nullable RuleFields told) {
    if (told == null) {
      throw new InvalidRequest("each of rules must be an object");
    }
    return NoiseForm.rule(told.name(), told.on(), told.pattern(), told.enabled());
  }

  private Response answer(ProjectId project, NoiseRules.Held held) {
    Map<String, NoiseRules.Count> counts = rules.counts(project);
    List<RuleView> views =
        held.rules().stream().map(rule -> RuleView.of(rule, counts.get(rule.name()))).toList();
    return Response.ok(new RulesView(held.version(), views))
        .tag(VersionTag.of(held.version()))
        .build();
  }
}
