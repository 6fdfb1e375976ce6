package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.IssuePageView.Example;
import dev.retrospec.inspection.IssuePageView.SessionLine;
import dev.retrospec.inspection.IssuePageView.Share;
import dev.retrospec.issues.ClusterSessionFilter;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the page of one issue. */
@ApplicationScoped
public class IssueInspection {

  /** Enough to see what they share, few enough to read on every visit of the page. */
  private static final int COMPARED_SESSIONS = 200;

  /** Of one fact; what is rarer says nothing. */
  private static final int SHARES_OF_A_FACT = 3;

  /** The representative, or the latest one that is left. */
  private static final String EXAMPLE =
      """
      select session_id, id as marker_id, replay_offset_ms, label, evidence, subkind,
        error ->> 'type' as error_type, error ->> 'message' as error_message,
        error ->> 'stack' as stack,
        error ->> 'originalStack' as original_stack, request ->> 'method' as request_method,
        request ->> 'url' as request_url, (request ->> 'status')::int as request_status,
        element ->> 'selector' as selector, element ->> 'text' as element_text
      from error_marker
      where project_id = :project and cluster_key = :key
      order by (session_id = :session and id = :marker) desc nulls last, observed_at desc
      limit 1
      """;

  private static final String SESSIONS =
      """
      select cs.session_id, coalesce(s.user_id, s.anonymous_id) as visitor, s.route, s.started_at,
        s.duration_ms, cs.last_observed_at, cs.marker_count, cs.first_marker_id as marker_id,
        m.replay_offset_ms, s.browser, s.os, r.status as report_status,
        r.confidence as report_confidence, r.symptom as report_symptom
      from cluster_session cs
      join session s on s.project_id = cs.project_id and s.id = cs.session_id
      left join error_marker m on m.project_id = cs.project_id and m.session_id = cs.session_id
        and m.id = cs.first_marker_id
      left join report_card r on r.project_id = cs.project_id and r.session_id = cs.session_id
      where cs.project_id = :project and cs.cluster_key = :key
      """;

  private static final String SHARES =
      """
      with latest as (
        select s.browser, s.os, s.device, s.release, s.environment
        from cluster_session cs
        join session s on s.project_id = cs.project_id and s.id = cs.session_id
        where cs.project_id = :project and cs.cluster_key = :key
        order by cs.created_at desc
        limit :compared)
      select fact, value, sessions, (select count(*)::int from latest) as of
      from (
        select place, fact, value, count(*)::int as sessions,
          row_number() over (partition by place order by count(*) desc, value) as rank
        from latest
        cross join lateral (values
          (1, 'Browser', browser), (2, 'System', os), (3, 'Device', device),
          (4, 'Release', release), (5, 'Environment', environment)) as facts (place, fact, value)
        where value is not null
        group by place, fact, value) as counted
      where rank <= :shares
      order by place, rank
      """;

  private final Jdbi jdbi;
  private final IssueQueries issues;
  private final Clock clock;

  @Inject
  public IssueInspection(Jdbi jdbi, IssueQueries issues, Clock clock) {
    this.jdbi = jdbi;
    this.issues = issues;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueInspection() {
    this.jdbi = null;
    this.issues = null;
    this.clock = null;
  }

  /**
   * The issue of this key, or the one it was merged into, so that old links keep working. Empty
   * when the project has no such issue; a cluster that is not promoted is none.
   */
  public Optional<IssuePageView> open(
      ProjectId project, ClusterKey asked, ClusterSessionFilter filter) {
    return issues
        .find(project, asked)
        .map(issue -> jdbi.withHandle(handle -> page(handle, project, issue, filter)));
  }

  private IssuePageView page(
      Handle handle, ProjectId project, IssueView issue, ClusterSessionFilter filter) {
    ClusterKey key = issue.key();
    List<SessionLine> found = sessions(handle, project, key, filter);
    boolean hasMore = found.size() > filter.limit();
    return new IssuePageView(
        issue,
        Trends.of(handle, project, List.of(key), clock.instant()).get(key),
        example(handle, project, issue).orElse(null),
        hasMore ? found.subList(0, filter.limit()) : found,
        hasMore,
        shares(handle, project, key),
        CiSightings.of(handle, project, key));
  }

  private static Optional<Example> example(Handle handle, ProjectId project, IssueView issue) {
    return handle
        .createQuery(EXAMPLE)
        .bind("project", project)
        .bind("key", issue.key())
        .bindByType("session", idOf(issue.representativeSessionId()), String.class)
        .bindByType("marker", idOf(issue.representativeMarkerId()), String.class)
        .map(ConstructorMapper.of(Example.class))
        .findOne();
  }

  private static @Nullable String idOf(@Nullable Record id) {
    return id == null ? null : id.toString();
  }

  private static List<SessionLine> sessions(
      Handle handle, ProjectId project, ClusterKey key, ClusterSessionFilter filter) {
    StringBuilder sql = new StringBuilder(SESSIONS);
    if (filter.reportStatus() != null) {
      sql.append(" and r.status = :status");
    }
    if (filter.minConfidence() != null) {
      sql.append(" and r.confidence >= :confidence");
    }
    Query query =
        handle
            .createQuery(sql.append(" order by cs.created_at desc, s.id limit :rows"))
            .bind("project", project)
            .bind("key", key)
            .bind("rows", filter.limit() + 1);
    if (filter.reportStatus() != null) {
      query.bind("status", filter.reportStatus());
    }
    if (filter.minConfidence() != null) {
      query.bind("confidence", filter.minConfidence());
    }
    return query.map(ConstructorMapper.of(SessionLine.class)).list();
  }

  private static List<Share> shares(Handle handle, ProjectId project, ClusterKey key) {
    return handle
        .createQuery(SHARES)
        .bind("project", project)
        .bind("key", key)
        .bind("compared", COMPARED_SESSIONS)
        .bind("shares", SHARES_OF_A_FACT)
        .map(ConstructorMapper.of(Share.class))
        .list();
  }
}
