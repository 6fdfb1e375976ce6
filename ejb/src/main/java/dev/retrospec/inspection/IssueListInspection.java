package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.IssueListView.Overview;
import dev.retrospec.inspection.IssueListView.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page that lists a project's issues. */
@ApplicationScoped
public class IssueListInspection {

  private static final Duration RECENT = Duration.ofHours(24);

  private static final String COUNTS =
      """
      select
        count(*) filter (where state not in ('resolved', 'muted')) as active,
        count(*) filter (where state = 'open') as open,
        count(*) filter (where state = 'acknowledged') as acknowledged,
        count(*) filter (where state = 'regressed') as regressed,
        count(*) filter (where state = 'muted') as muted,
        count(*) filter (where state = 'resolved') as resolved
      from (
      """
          + IssueSql.STATES
          + ") issue";

  private static final String OVERVIEW =
      """
      select
        exists (select from session where project_id = :project) as ever_recorded,
        count(*) filter (where started_at >= :since) as recent_sessions,
        count(*) filter (where started_at < :since) as recent_sessions_before,
        count(*) filter (where started_at >= :since and marker_count > 0) as recent_failing_sessions,
        count(*) filter (where started_at < :since and marker_count > 0)
          as recent_failing_sessions_before,
        (select count(*) from issue_cluster
          where project_id = :project and promoted_at >= :since) as recent_issues,
        (select count(*) from issue_cluster
          where project_id = :project and promoted_at >= :before and promoted_at < :since)
          as recent_issues_before
      from session
      where project_id = :project and started_at >= :before
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public IssueListInspection(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueListInspection() {
    this.jdbi = null;
    this.clock = null;
  }

  public IssueListView open(ProjectId project, IssueListFilter filter) {
    Instant now = clock.instant();
    return jdbi.withHandle(
        handle -> {
          List<IssueLine> found = lines(handle, project, filter, now);
          boolean hasMore = found.size() > IssueListFilter.PAGE_SIZE;
          List<IssueLine> shown = hasMore ? found.subList(0, IssueListFilter.PAGE_SIZE) : found;
          Map<ClusterKey, Trend> trends =
              Trends.of(handle, project, shown.stream().map(IssueLine::key).toList(), now);
          return new IssueListView(
              shown.stream().map(line -> new Row(line, trends.get(line.key()))).toList(),
              counts(handle, project, now),
              hasMore,
              overview(handle, project, now));
        });
  }

  private static List<IssueLine> lines(
      Handle handle, ProjectId project, IssueListFilter filter, Instant now) {
    StringBuilder sql =
        new StringBuilder("select * from (").append(IssueSql.LINES).append(") issue where true");
    switch (filter.tab()) {
      case ACTIVE -> sql.append(" and state not in ('resolved', 'muted')");
      default -> sql.append(" and state = :state");
    }
    if (filter.kind() != null) {
      sql.append(" and kind = :kind");
    }
    if (filter.text() != null) {
      sql.append(
          " and (symptom ilike :text or route ilike :text or key ilike :text"
              + " or assignee ilike :text)");
    }
    sql.append(" order by ").append(filter.order().sql()).append(", key limit :rows offset :skip");
    Query query =
        handle
            .createQuery(sql)
            .bind("project", project)
            .bind("now", now)
            .bind("state", filter.tab().wireName())
            .bind("rows", IssueListFilter.PAGE_SIZE + 1)
            .bind("skip", (long) filter.page() * IssueListFilter.PAGE_SIZE);
    if (filter.kind() != null) {
      query.bind("kind", filter.kind().wireName());
    }
    if (filter.text() != null) {
      query.bind("text", IssueSql.contains(filter.text()));
    }
    return query.map(ConstructorMapper.of(IssueLine.class)).list();
  }

  private static Map<IssueTab, Integer> counts(Handle handle, ProjectId project, Instant now) {
    return handle
        .createQuery(COUNTS)
        .bind("project", project)
        .bind("now", now)
        .map(
            (row, context) -> {
              Map<IssueTab, Integer> counts = new EnumMap<>(IssueTab.class);
              for (IssueTab tab : IssueTab.values()) {
                counts.put(tab, row.getInt(tab.wireName()));
              }
              return counts;
            })
        .one();
  }

  private static Overview overview(Handle handle, ProjectId project, Instant now) {
    return handle
        .createQuery(OVERVIEW)
        .bind("project", project)
        .bind("since", now.minus(RECENT))
        .bind("before", now.minus(RECENT).minus(RECENT))
        .map(ConstructorMapper.of(Overview.class))
        .one();
  }
}
