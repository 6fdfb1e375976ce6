package dev.retrospec.web.callbacks;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.reports.AnalysisReport;
import dev.retrospec.reports.AnalysisReports;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.EvidenceGate;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.ReportStatus;
import dev.retrospec.web.http.Access;
import dev.retrospec.web.http.Requires;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Results of replay workers and analyzers. */
@Path("/v1/internal")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(Access.INTERNAL)
@SecurityRequirement(name = "internal")
@Tag(name = "workers")
@ApplicationScoped
public class CallbacksResource {

  /** A piece of the session worth watching. */
  public record WindowFields(@Nullable Long startMs, @Nullable Long endMs) {}

  /** {@code POST …/replay-results}. */
  public record ReplayResultFields(
      @Nullable String projectId,
      @Nullable String sessionId,
      @Nullable String artifactType,
      @Nullable String artifactKey,
      @Nullable String triggerKind,
      @Nullable String status,
      @Nullable String reason,
      @Nullable Instant generatedAt,
      @Nullable List<@Nullable WindowFields> windows) {}

  /** {@code POST …/analysis-reports}; only what is given changes. */
  public record AnalysisReportFields(
      @Nullable String projectId,
      @Nullable String sessionId,
      @Nullable String status,
      @Nullable String symptom,
      @Nullable String technicalRootCause,
      @Nullable String suggestedFix,
      @Nullable String textSummary,
      @Nullable String visualSummary,
      @Nullable Double confidence,
      @Nullable List<EvidenceFields> evidence,
      @Nullable Instant generatedAt) {}

  /**
   * A sentence and its moment; the events that it stands on, or else what was recorded within a
   * second of it; the text of the card that it belongs to. One that stands on nothing is dropped.
   */
  public record EvidenceFields(
      @Nullable Long atMs,
      @Nullable String text,
      @Nullable List<@Nullable String> eventIds,
      @Nullable String says) {}

  /** What was recorded. */
  public record RecordedArtifact(ArtifactView artifact) {}

  /** What was recorded. */
  public record RecordedReport(ReportCardView report) {}

  private final ReplayResults replays;
  private final EvidenceGate gate;
  private final AnalysisReports reports;

  @Inject
  public CallbacksResource(ReplayResults replays, EvidenceGate gate, AnalysisReports reports) {
    this.replays = replays;
    this.gate = gate;
    this.reports = reports;
  }

  /** For the container's proxy; public, because RESTEasy looks for it. */
  public CallbacksResource() {
    this.replays = null;
    this.gate = null;
    this.reports = null;
  }

  @POST
  @Path("replay-results")
  @Operation(summary = "An artifact was made, or could not be")
  public Response replayResult(@Nullable ReplayResultFields body) {
    ReplayResultFields given = present(body);
    String status = given.status() == null ? "ready" : given.status();
    ReplayResult result =
        new ReplayResult(
            new ProjectId(required("projectId", given.projectId())),
            new SessionId(required("sessionId", given.sessionId())),
            required("artifactType", given.artifactType()),
            given.artifactKey() == null ? "" : given.artifactKey(),
            given.triggerKind() == null ? "" : given.triggerKind(),
            ArtifactStatus.fromWireName(status),
            given.reason(),
            given.generatedAt(),
            given.windows() == null
                ? List.of()
                : given.windows().stream().map(CallbacksResource::window).toList());
    return accepted(new RecordedArtifact(replays.record(result)));
  }

  @POST
  @Path("analysis-reports")
  @Operation(summary = "An analyzer's verdict on a session")
  public Response analysisReport(@Nullable AnalysisReportFields body) {
    AnalysisReportFields given = present(body);
    AnalysisReport report =
        new AnalysisReport(
            new ProjectId(required("projectId", given.projectId())),
            new SessionId(required("sessionId", given.sessionId())),
            given.status() == null ? null : ReportStatus.fromWireName(given.status()),
            given.symptom(),
            given.technicalRootCause(),
            given.suggestedFix(),
            given.textSummary(),
            given.visualSummary(),
            given.confidence(),
            given.evidence() == null
                ? null
                : given.evidence().stream().map(CallbacksResource::evidence).toList(),
            given.generatedAt());
    return accepted(new RecordedReport(reports.record(gate.check(report))));
  }

  private static ReplayWindow window(@Nullable WindowFields window) {
    if (window == null || window.startMs() == null || window.endMs() == null) {
      throw new InvalidRequest("a window must have startMs and endMs");
    }
    return new ReplayWindow(window.startMs(), window.endMs());
  }

  private static Evidence evidence(@Nullable EvidenceFields evidence) {
    if (evidence == null || evidence.atMs() == null || evidence.text() == null) {
      throw new InvalidRequest("an item of evidence must have atMs and text");
    }
    List<String> ids =
        evidence.eventIds() == null
            ? List.of()
            : evidence.eventIds().stream().filter(Objects::nonNull).toList();
    return new Evidence(
        evidence.atMs(),
        evidence.text(),
        ids,
        evidence.says() == null ? null : CardText.fromWireName(evidence.says()),
        null);
  }

  private static <T> T present(@Nullable T body) {
    if (body == null) {
      throw new InvalidRequest("a JSON body is needed");
    }
    return body;
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidRequest(field + " is required");
    }
    return value;
  }

  private static Response accepted(Object entity) {
    return Response.status(Response.Status.ACCEPTED).entity(entity).build();
  }
}
