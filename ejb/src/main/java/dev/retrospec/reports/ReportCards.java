package dev.retrospec.reports;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.ReportCardId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.EnqueueOutcome;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The report cards, one per session. */
@ApplicationScoped
public class ReportCards {

  private static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};

  private static final String COLUMNS =
      "id, project_id, session_id, status, symptom, technical_root_cause, suggested_fix,"
          + " text_summary, visual_summary, confidence, evidence::text as evidence, generated_at,"
          + " created_at, updated_at";

  private static final RowMapper<ReportCardView> CARD =
      (row, context) -> {
        OffsetDateTime generatedAt = row.getObject("generated_at", OffsetDateTime.class);
        return new ReportCardView(
            new ReportCardId(row.getString("id")),
            new ProjectId(row.getString("project_id")),
            new SessionId(row.getString("session_id")),
            ReportStatus.fromWireName(row.getString("status")),
            row.getString("symptom"),
            row.getString("technical_root_cause"),
            row.getString("suggested_fix"),
            row.getString("text_summary"),
            row.getString("visual_summary"),
            row.getDouble("confidence"),
            Json.read(row.getString("evidence"), EVIDENCE),
            generatedAt == null ? null : generatedAt.toInstant(),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());
      };

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
                      do update set status = 'pending', updated_at = excluded.updated_at
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
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from report_card where project_id = :project and session_id = :session")
                .bind("project", project)
                .bind("session", session)
                .map(CARD)
                .findOne());
  }

  /**
   * Writes what is given and leaves the rest; makes the card when there is none.
   *
   * @return empty when the project has no such session
   */
  Optional<ReportCardView> write(AnalysisReport report, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into report_card as old
                      (id, project_id, session_id, status, symptom, technical_root_cause,
                       suggested_fix, text_summary, visual_summary, confidence, evidence,
                       generated_at, created_at, updated_at)
                    select :id, s.project_id, s.id, coalesce(:status, 'pending'),
                           coalesce(:symptom, ''), coalesce(:rootCause, ''),
                           coalesce(:fix, ''), coalesce(:text, ''), coalesce(:visual, ''),
                           coalesce(:confidence, 0), coalesce(cast(:evidence as jsonb), '[]'),
                           cast(:generatedAt as timestamptz), :now, :now
                    from session s where s.project_id = :project and s.id = :session
                    on conflict (project_id, session_id) do update set
                      status = coalesce(:status, old.status),
                      symptom = coalesce(:symptom, old.symptom),
                      technical_root_cause = coalesce(:rootCause, old.technical_root_cause),
                      suggested_fix = coalesce(:fix, old.suggested_fix),
                      text_summary = coalesce(:text, old.text_summary),
                      visual_summary = coalesce(:visual, old.visual_summary),
                      confidence = coalesce(:confidence, old.confidence),
                      evidence = coalesce(cast(:evidence as jsonb), old.evidence),
                      generated_at = coalesce(cast(:generatedAt as timestamptz), old.generated_at),
                      updated_at = :now
                    returning\s"""
                        + COLUMNS)
                .bind("id", ReportCardId.mint())
                .bind("project", report.projectId())
                .bind("session", report.sessionId())
                .bind("status", report.status() == null ? null : report.status().wireName())
                .bind("symptom", report.symptom())
                .bind("rootCause", report.technicalRootCause())
                .bind("fix", report.suggestedFix())
                .bind("text", report.textSummary())
                .bind("visual", report.visualSummary())
                .bind("confidence", report.confidence())
                .bind("evidence", report.evidence() == null ? null : Json.write(report.evidence()))
                .bind("generatedAt", report.generatedAt())
                .bind("now", now)
                .map(CARD)
                .findOne());
  }

  /** A card that still waits will wait in vain: true when it was marked so. */
  boolean failPending(ProjectId project, SessionId session, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update report_card set status = 'failed', updated_at = :now"
                            + " where project_id = :project and session_id = :session"
                            + " and status = 'pending'")
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
