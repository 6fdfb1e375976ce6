package dev.retrospec.inspection;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionPageView.ArtifactLine;
import dev.retrospec.inspection.SessionPageView.Evidence;
import dev.retrospec.inspection.SessionPageView.MarkerLine;
import dev.retrospec.inspection.SessionPageView.Report;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.SessionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the page of one session. */
@ApplicationScoped
public class SessionInspection {

  /** A page with more would help nobody; the player's timeline has them all. */
  private static final int MAX_MARKERS = 200;

  private static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};

  private static final String MARKERS =
      """
      select m.id, m.kind, m.subkind, m.label, m.evidence, m.replay_offset_ms, m.cluster_key,
        case when c.promoted_at is not null then c.symptom end as issue
      from error_marker m
      left join issue_cluster c on c.project_id = m.project_id and c.key = m.cluster_key
      where m.project_id = :project and m.session_id = :session
      order by m.replay_offset_ms, m.id
      limit :rows
      """;

  private static final String REPORT =
      """
      select status, symptom, technical_root_cause, suggested_fix, text_summary, visual_summary,
        confidence, generated_at, evidence::text as evidence
      from report_card
      where project_id = :project and session_id = :session
      """;

  private static final String ARTIFACTS =
      """
      select artifact_type, status, generated_at
      from session_artifact
      where project_id = :project and session_id = :session
      order by artifact_type
      """;

  /** One index look-up for each project; there is no index on the session id alone. */
  private static final String PROJECT_OF =
      """
      select p.id from project p
      where exists (select from session s where s.project_id = p.id and s.id = :session)
      order by p.created_at desc
      limit 1
      """;

  private final Jdbi jdbi;
  private final SessionQueries sessions;

  @Inject
  public SessionInspection(Jdbi jdbi, SessionQueries sessions) {
    this.jdbi = jdbi;
    this.sessions = sessions;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionInspection() {
    this.jdbi = null;
    this.sessions = null;
  }

  public Optional<SessionPageView> open(ProjectId project, SessionId session) {
    return sessions
        .find(project, session)
        .map(
            found ->
                jdbi.withHandle(
                    handle ->
                        new SessionPageView(
                            found,
                            markers(handle, project, session),
                            report(handle, project, session).orElse(null),
                            artifacts(handle, project, session))));
  }

  /** Where a link without a project leads, such as the one that the SDK gives. */
  public Optional<ProjectId> projectOf(SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PROJECT_OF)
                .bind("session", session)
                .mapTo(ProjectId.class)
                .findOne());
  }

  private static List<MarkerLine> markers(Handle handle, ProjectId project, SessionId session) {
    return handle
        .createQuery(MARKERS)
        .bind("project", project)
        .bind("session", session)
        .bind("rows", MAX_MARKERS)
        .map(ConstructorMapper.of(MarkerLine.class))
        .list();
  }

  private static Optional<Report> report(Handle handle, ProjectId project, SessionId session) {
    return handle
        .createQuery(REPORT)
        .bind("project", project)
        .bind("session", session)
        .map(SessionInspection::toReport)
        .findOne();
  }

  private static Report toReport(ResultSet row, StatementContext context) throws SQLException {
    Timestamp generatedAt = row.getTimestamp("generated_at");
    return new Report(
        row.getString("status"),
        row.getString("symptom"),
        row.getString("technical_root_cause"),
        row.getString("suggested_fix"),
        row.getString("text_summary"),
        row.getString("visual_summary"),
        row.getDouble("confidence"),
        generatedAt == null ? null : generatedAt.toInstant(),
        Json.read(row.getString("evidence"), EVIDENCE));
  }

  private static List<ArtifactLine> artifacts(Handle handle, ProjectId project, SessionId session) {
    return handle
        .createQuery(ARTIFACTS)
        .bind("project", project)
        .bind("session", session)
        .map(ConstructorMapper.of(ArtifactLine.class))
        .list();
  }
}
