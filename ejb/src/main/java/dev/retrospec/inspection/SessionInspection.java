package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.inspection.SessionPageView.MarkerLine;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.sessions.SessionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads the page of one session. */
@ApplicationScoped
public class SessionInspection {

  /** A page with more would help nobody; the player's timeline has them all. */
  private static final int MAX_MARKERS = 200;

  private static final String MARKERS =
      """
      select m.id, m.kind, m.subkind, m.label, m.evidence, m.replay_offset_ms, m.cluster_key,
        case when c.promoted_at is not null then c.symptom end as issue,
        m.error ->> 'stack' as stack, m.error ->> 'originalStack' as original_stack
      from error_marker m
      left join issue_cluster c on c.project_id = m.project_id and c.key = m.cluster_key
      where m.project_id = :project and m.session_id = :session
      order by m.replay_offset_ms, m.id
      limit :rows
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
  private final ReportCards reports;
  private final Artifacts artifacts;

  @Inject
  public SessionInspection(
      Jdbi jdbi, SessionQueries sessions, ReportCards reports, Artifacts artifacts) {
    this.jdbi = jdbi;
    this.sessions = sessions;
    this.reports = reports;
    this.artifacts = artifacts;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SessionInspection() {
    this(null, null, null, null);
  }

  public Optional<SessionPageView> open(ProjectId project, SessionId session) {
    return sessions
        .find(project, session)
        .map(
            found ->
                new SessionPageView(
                    found,
                    markers(project, session),
                    reports.find(project, session).orElse(null),
                    artifacts.of(project, session)));
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

  private List<MarkerLine> markers(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(MARKERS)
                .bind("project", project)
                .bind("session", session)
                .bind("rows", MAX_MARKERS)
                .map(ConstructorMapper.of(MarkerLine.class))
                .list());
  }
}
