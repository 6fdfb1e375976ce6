package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.IssueListView.Overview;
import dev.retrospec.inspection.IssueListView.Row;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.NewInRelease;
import dev.retrospec.platform.paging.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads the page that lists a project's issues. */
@ApplicationScoped
public class IssueListInspection {

  private static final Duration RECENT = Duration.ofHours(24);

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
          as recent_issues_before,
        case when (select count(distinct first_seen_at) from release_sighting
          where project_id = :project) > 1 then %s end as latest_release
      from session
      where project_id = :project and started_at >= :before
      """
          .formatted(NewInRelease.LATEST);

  private static final String NEW =
      "select c.key from issue_cluster c where c.project_id = :project and c.key = any(:keys) and "
          + NewInRelease.CONDITION;

  private final Jdbi jdbi;
  private final IssueQueries issues;
  private final Clock clock;

  @Inject
  public IssueListInspection(Jdbi jdbi, IssueQueries issues, Clock clock) {
    this.jdbi = jdbi;
    this.issues = issues;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueListInspection() {
    this.jdbi = null;
    this.issues = null;
    this.clock = null;
  }

  public IssueListView open(ProjectId project, IssueFilter filter) {
    Instant now = clock.instant();
    Page<IssueView> page = issues.list(project, filter);
    Map<Tab, Long> counts = issues.counts(project);
    return jdbi.withHandle(
        handle -> {
          List<ClusterKey> keys = page.items().stream().map(IssueView::key).toList();
          Map<ClusterKey, Trend> trends = Trends.of(handle, project, keys, now);
          Set<ClusterKey> news = news(handle, project, keys);
          return new IssueListView(
              page.items().stream()
                  .map(one -> new Row(one, trends.get(one.key()), news.contains(one.key())))
                  .toList(),
              counts,
              page.nextCursor(),
              overview(handle, project, now));
        });
  }

  private static Set<ClusterKey> news(Handle handle, ProjectId project, List<ClusterKey> keys) {
    return handle
        .createQuery(NEW)
        .bind("project", project)
        .bindArray("keys", String.class, keys.stream().map(ClusterKey::value).toList())
        .mapTo(ClusterKey.class)
        .set();
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
