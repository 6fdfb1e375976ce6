package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertDeliveryView;
import dev.retrospec.alerts.AlertRuleEditing;
import dev.retrospec.alerts.AlertRuleView;
import dev.retrospec.alerts.AlertRules;
import dev.retrospec.alerts.AlertTests;
import dev.retrospec.alerts.SavedRule;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Refusal;
import dev.retrospec.web.http.Requires;
import dev.retrospec.web.http.VersionTag;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who is told of what, as a project decides it. */
@Path("/v1/projects/{projectID}/alert-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "project")
@Tag(name = "alerts")
@ApplicationScoped
public class AlertRulesResource {

  /** All rules of the project. */
  public record RuleList(List<AlertRuleView> rules) {}

  /** A key of signatures that was made for a webhook; told this once. */
  public record NewSecret(AlertChannelId channelId, String secret) {}

  /** A stored rule. */
  public record Saved(AlertRuleView rule, List<NewSecret> newSecrets) {}

  /** How a test went, channel by channel. */
  public record Tested(List<AlertDeliveryView> deliveries) {}

  private final AlertRules rules;
  private final AlertRuleEditing editing;
  private final AlertTests tests;
  private final DeliveryWaits waits;
  private final Caller caller;

  @Inject
  public AlertRulesResource(
      AlertRules rules,
      AlertRuleEditing editing,
      AlertTests tests,
      DeliveryWaits waits,
      Caller caller) {
    this.rules = rules;
    this.editing = editing;
    this.tests = tests;
    this.waits = waits;
    this.caller = caller;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public AlertRulesResource() {
    this.rules = null;
    this.editing = null;
    this.tests = null;
    this.waits = null;
    this.caller = null;
  }

  @GET
  @Requires(Access.READ)
  @Operation(summary = "The project's alert rules; secrets are not shown")
  public RuleList list(@PathParam("projectID") ProjectId project) {
    return new RuleList(rules.of(own(project)));
  }

  @GET
  @Path("{ruleID}")
  @Requires(Access.READ)
  @Operation(summary = "One alert rule; the ETag is its version")
  public Response get(
      @PathParam("projectID") ProjectId project, @PathParam("ruleID") AlertRuleId id) {
    AlertRuleView rule = rules.view(own(project), id).orElseThrow(() -> new NotFound("alert rule"));
    return Response.ok(rule).tag(VersionTag.of(rule.version())).build();
  }

  @POST
  @Requires(Access.WRITE)
  @Operation(summary = "Adds an alert rule; keys of signatures that are made are told this once")
  public Response add(@PathParam("projectID") ProjectId project, @Nullable RuleBody body) {
    return answer(Status.CREATED, editing.add(own(project), present(body).draft()));
  }

  @PUT
  @Path("{ruleID}")
  @Requires(Access.WRITE)
  @Operation(summary = "Replaces an alert rule; with If-Match only if nobody else did meanwhile")
  public Response change(
      @PathParam("projectID") ProjectId project,
      @PathParam("ruleID") AlertRuleId id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable RuleBody body) {
    try {
      return answer(
          Status.OK, editing.change(own(project), id, present(body).draft(), version(ifMatch)));
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(Status.PRECONDITION_FAILED, changed.getMessage());
    }
  }

  @DELETE
  @Path("{ruleID}")
  @Requires(Access.WRITE)
  @Operation(summary = "Takes an alert rule away; with If-Match only if nobody changed it")
  public Response remove(
      @PathParam("projectID") ProjectId project,
      @PathParam("ruleID") AlertRuleId id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    try {
      editing.remove(own(project), id, version(ifMatch));
      return Response.noContent().build();
    } catch (ChangedMeanwhile changed) {
      return Refusal.of(Status.PRECONDITION_FAILED, changed.getMessage());
    }
  }

  @POST
  @Path("{ruleID}/test")
  @Consumes(MediaType.WILDCARD)
  @Requires(Access.WRITE)
  @Operation(summary = "Sends a message that is marked as a test, and tells what became of it")
  public CompletionStage<Tested> test(
      @PathParam("projectID") ProjectId project, @PathParam("ruleID") AlertRuleId id) {
    return waits.attempted(project, tests.test(own(project), id)).thenApply(Tested::new);
  }

  /** A key opens its own project; of others it does not say whether there are any. */
  private ProjectId own(ProjectId project) {
    if (!project.equals(caller.project())) {
      throw new NotFound("project");
    }
    return project;
  }

  private static RuleBody present(@Nullable RuleBody body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body with the rule is needed");
    }
    return body;
  }

  private static @Nullable Integer version(@Nullable String ifMatch) {
    OptionalInt version = VersionTag.parse(ifMatch);
    return version.isPresent() ? version.getAsInt() : null;
  }

  private static Response answer(Status status, SavedRule saved) {
    List<NewSecret> secrets =
        saved.newSecrets().entrySet().stream()
            .map(made -> new NewSecret(made.getKey(), made.getValue()))
            .toList();
    return Response.status(status)
        .entity(new Saved(saved.rule(), secrets))
        .tag(VersionTag.of(saved.rule().version()))
        .build();
  }
}
