package dev.retrospec.reports;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.ReportCardId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.json.Json;
import dev.retrospec.reports.AnalysisReport.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The report cards, one per session. */
@ApplicationScoped
public class ReportCards {

  private final Jdbi jdbi;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public ReportCards(Jdbi jdbi, JobQueue jobs, Clock clock) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected ReportCards() {
    this(null, null, null);
  }

  /** The analysis job itself, for a caller that enqueues several in one statement. */
  public static NewJob job(ProjectId project, SessionId session, Set<MarkerId> markers) {
    return NewJob.about(
        JobKind.ANALYSIS, project, session.value(), new AnalysisJobPayload(false).write(), markers);
  }

  /**
   * Asks for another verdict, when what came after the markers is here too; the card stays readable
   * until then. Needs the caller's transaction.
   *
   * @param markers all that the session has by now
   */
  public EnqueueOutcome lookAgain(
      ProjectId project, SessionId session, Set<MarkerId> markers, Duration pause) {
    return jobs.enqueue(
        NewJob.about(
                JobKind.ANALYSIS,
                project,
                session.value(),
                new AnalysisJobPayload(true).write(),
                NewJob.secondLookAt(markers))
            .after(pause));
  }

  /**
   * Asks for another verdict, because there is a clip now that a model can look at. Needs the
   * caller's transaction.
   *
   * @param about what tells this look from others
   */
  public EnqueueOutcome lookAtClip(ProjectId project, SessionId session, Set<?> about) {
    return jobs.enqueue(
        NewJob.about(
            JobKind.ANALYSIS,
            project,
            session.value(),
            new AnalysisJobPayload(true).write(),
            about));
  }

  /** Makes the pending card; one that failed or was discarded becomes pending again. */
  public void await(ProjectId project, SessionId session) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into report_card as old
                      (id, project_id, session_id, status, created_at, updated_at)
                    values (:id, :project, :session, 'pending', :now, :now)
                    on conflict (project_id, session_id)
                      do update set status = 'pending', reason = null, updated_at = excluded.updated_at
                      where old.status in ('failed', 'discarded')
                    """)
                .bind("id", ReportCardId.mint())
                .bind("project", project)
                .bind("session", session)
                .bind("now", clock.instant())
                .execute());
  }

  public Optional<ReportCardView> find(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ReportCardRows.FIND)
                .bind("project", project)
                .bind("session", session)
                .map(ReportCardRows.CARD)
                .findOne());
  }

  /**
   * Writes what is given and leaves the rest; makes the card when there is none. A verdict that was
   * refused, or is less sure than that, is written as discarded.
   *
   * @return empty when the project has no such session
   */
  Optional<ReportCardView> write(CheckedReport checked, double minConfidence, Instant now) {
    AnalysisReport report = checked.report();
    Origin origin = report.origin();
    Double confidence = confidence(report);
    String refusal = checked.refusal();
    if (refusal == null
        && report.status() == ReportStatus.READY
        && confidence != null
        && confidence < minConfidence) {
      refusal =
          String.format(
              Locale.ROOT,
              "Confidence %.2f is below the %.2f that a card needs here.",
              confidence,
              minConfidence);
    }
    ReportStatus status = refusal == null ? report.status() : ReportStatus.DISCARDED;
    String reason = refusal;
    int written =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(ReportCardRows.WRITE)
                    .bind("id", ReportCardId.mint())
                    .bind("project", report.projectId())
                    .bind("session", report.sessionId())
                    .bind("status", status == null ? null : status.wireName())
                    .bind("symptom", report.symptom())
                    .bind("rootCause", report.technicalRootCause())
                    .bind("fix", report.suggestedFix())
                    .bind("text", report.textSummary())
                    .bind("visual", report.visualSummary())
                    .bind("confidence", confidence)
                    .bind(
                        "evidence",
                        report.evidence() == null ? null : Json.write(report.evidence()))
                    .bind("generatedAt", report.generatedAt())
                    .bind("reason", reason)
                    .bind("rule", origin == null ? null : origin.rule())
                    .bind("strength", origin == null ? null : report.confidence())
                    .bind("marker", origin == null ? null : origin.marker().value())
                    .bind("providers", origin == null ? null : Json.write(origin.providers()))
                    .bind("now", now)
                    .execute());
    if (written == 1 && origin != null && !origin.isProvisional()) {
      rememberUse(report.projectId(), report.sessionId(), origin);
    }
    return written == 0 ? Optional.empty() : find(report.projectId(), report.sessionId());
  }

  private @Nullable Double confidence(AnalysisReport report) {
    Origin origin = report.origin();
    Double given = report.confidence();
    return origin == null || given == null
        ? given
        : Double.valueOf(record(report.projectId(), origin.rule()).confidence(given));
  }

  /** How a rule has done in a project so far. */
  public RuleRecord record(ProjectId project, String rule) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ReportCardRows.RECORD)
                .bind("project", project)
                .bind("rule", rule)
                .map(
                    (row, context) ->
                        new RuleRecord(rule, row.getInt("right_count"), row.getInt("judged_count")))
                .one());
  }

  /** The rule has explained the issue that the marker belongs to; people will say how well. */
  private void rememberUse(ProjectId project, SessionId session, Origin origin) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ReportCardRows.USE)
                .bind("project", project)
                .bind("session", session)
                .bind("rule", origin.rule())
                .bind("marker", origin.marker())
                .execute());
  }

  /**
   * Which issue a card is about, as merges and splits have it today; empty for a card of which that
   * is not known.
   */
  public Optional<ClusterKey> issueOf(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ReportCardRows.ISSUE)
                .bind("project", project)
                .bind("session", session)
                .mapTo(ClusterKey.class)
                .findOne());
  }

  /** A card that still waits will wait in vain: true when it was marked so. */
  boolean failPending(ProjectId project, SessionId session, String reason, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update report_card set status = 'failed', reason = :reason,"
                            + " updated_at = :now"
                            + " where project_id = :project and session_id = :session"
                            + " and status = 'pending'")
                    .bind("project", project)
                    .bind("session", session)
                    .bind("reason", reason)
                    .bind("now", now)
                    .execute())
        == 1;
  }

  /** A card that failed or was discarded waits again: true when it was such a one. */
  boolean awaitAgain(ProjectId project, SessionId session, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update report_card set status = 'pending', reason = null,"
                            + " updated_at = :now"
                            + " where project_id = :project and session_id = :session"
                            + " and status in ('failed', 'discarded')")
                    .bind("project", project)
                    .bind("session", session)
                    .bind("now", now)
                    .execute())
        == 1;
  }

  void delete(ProjectId project, Collection<SessionId> sessions) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from report_card where project_id = :project"
                        + " and session_id = any(:sessions)")
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute());
  }
}
