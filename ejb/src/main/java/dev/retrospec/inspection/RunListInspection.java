package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.RunFilter.Tab;
import dev.retrospec.inspection.RunListView.Match;
import dev.retrospec.inspection.RunListView.Reason;
import dev.retrospec.inspection.RunListView.Row;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.platform.persistence.LikePattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page that lists a project's test runs. */
@ApplicationScoped
public class RunListInspection {

  /** Of the branches that are offered as a filter. */
  private static final int MAX_BRANCHES = 50;

  private static final String HAS_NEW =
      "exists (select from failed_test f where f.project_id = r.project_id"
          + " and f.test_run_id = r.id and f.is_new_on_branch)";

  private static final String RUNS =
      """
      select r.id, r.repository, r.commit_hash, r.branch, r.base_branch, r.author, r.status,
        r.pr_number, r.source, r.duration_ms, r.tests, r.failed, r.flaky, r.skipped, r.created_at
      from test_run r
      where r.project_id = :project
        and (cast(:branch as text) is null or r.branch = :branch)
        and (cast(:author as text) is null or r.author = :author)
        and (cast(:pr as int) is null or r.pr_number = :pr)
        and (cast(:pattern as text) is null or r.branch ilike :pattern or r.author ilike :pattern
          or r.commit_hash ilike :pattern
          or exists (select from failed_test f where f.project_id = r.project_id
            and f.test_run_id = r.id and f.test_name ilike :pattern))
      """;

  private static final String COUNTS =
      """
      select count(*) as all_runs, count(*) filter (where r.status = 'failed') as failed,
        count(*) filter (where r.status = 'passed') as passed,
        count(*) filter (where r.flaky > 0) as flaky,
        count(*) filter (where r.status = 'failed' and\s"""
          + HAS_NEW
          + ") as new from test_run r where r.project_id = :project";

  private static final String REASONS =
      """
      select distinct on (test_run_id) test_run_id, test_name, error_type, error_message,
        count(*) over (partition by test_run_id) as failures,
        count(*) filter (where is_new_on_branch) over (partition by test_run_id) as new_failures
      from failed_test
      where project_id = :project and test_run_id = any(:runs)
      order by test_run_id, is_flaky, is_new_on_branch desc nulls last, position
      """;

  private static final String MATCHES =
      """
      select distinct on (m.test_run_id) m.test_run_id, m.pattern_id, m.similarity, p.summary
      from pattern_match m
      join failure_pattern p on p.project_id = m.project_id and p.id = m.pattern_id
      where m.project_id = :project and m.test_run_id = any(:runs)
      order by m.test_run_id, m.similarity desc, m.pattern_id
      """;

  private static final String BRANCHES =
      """
      select branch from test_run where project_id = :project
      group by branch order by max(created_at) desc limit :rows
      """;

  private final Jdbi jdbi;

  @Inject
  public RunListInspection(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunListInspection() {
    this(null);
  }

  public RunListView open(ProjectId project, RunFilter filter) {
    return jdbi.withHandle(
        handle -> {
          Page<RunLine> page = runs(handle, project, filter);
          List<String> ids = page.items().stream().map(run -> run.id().value()).toList();
          Map<TestRunId, Reason> reasons =
              byRun(handle, REASONS, project, ids, Reason.class, Reason::testRunId);
          Map<TestRunId, Match> matches =
              byRun(handle, MATCHES, project, ids, Match.class, Match::testRunId);
          return new RunListView(
              page.items().stream()
                  .map(run -> new Row(run, reasons.get(run.id()), matches.get(run.id())))
                  .toList(),
              counts(handle, project),
              page.nextCursor(),
              branches(handle, project));
        });
  }

  private static Page<RunLine> runs(Handle handle, ProjectId project, RunFilter filter) {
    Cursor after = filter.after();
    StringBuilder sql = new StringBuilder(RUNS).append(condition(filter.tab()));
    if (after != null) {
      sql.append(" and (r.created_at, r.id) < (:at, :after)");
    }
    Query query =
        handle
            .createQuery(sql.append(" order by r.created_at desc, r.id desc limit :rows"))
            .bind("project", project)
            .bindByType("branch", filter.branch(), String.class)
            .bindByType("author", filter.author(), String.class)
            .bindByType("pr", filter.pullRequest(), Integer.class)
            .bindByType(
                "pattern",
                filter.q() == null ? null : LikePattern.containing(filter.q()),
                String.class)
            .bind("rows", filter.limit() + 1);
    if (after != null) {
      query.bind("at", after.at()).bind("after", after.id());
    }
    return Page.of(
        query.map(ConstructorMapper.of(RunLine.class)).list(),
        filter.limit(),
        run -> new Cursor(run.createdAt(), run.id().value()).encoded());
  }

  private static String condition(Tab tab) {
    return switch (tab) {
      case ALL -> "";
      case FAILED -> " and r.status = 'failed'";
      case PASSED -> " and r.status = 'passed'";
      case FLAKY -> " and r.flaky > 0";
      case NEW -> " and r.status = 'failed' and " + HAS_NEW;
    };
  }

  private static Map<Tab, Long> counts(Handle handle, ProjectId project) {
    return handle
        .createQuery(COUNTS)
        .bind("project", project)
        .map(
            (row, context) -> {
              Map<Tab, Long> counts = new EnumMap<>(Tab.class);
              counts.put(Tab.ALL, row.getLong("all_runs"));
              counts.put(Tab.FAILED, row.getLong("failed"));
              counts.put(Tab.NEW, row.getLong("new"));
              counts.put(Tab.FLAKY, row.getLong("flaky"));
              counts.put(Tab.PASSED, row.getLong("passed"));
              return counts;
            })
        .one();
  }

  private static <T> Map<TestRunId, T> byRun(
      Handle handle,
      String sql,
      ProjectId project,
      List<String> runs,
      Class<T> type,
      Function<T, TestRunId> runOf) {
    return handle
        .createQuery(sql)
        .bind("project", project)
        .bindArray("runs", String.class, runs)
        .map(ConstructorMapper.of(type))
        .stream()
        .collect(Collectors.toMap(runOf, Function.identity()));
  }

  private static List<String> branches(Handle handle, ProjectId project) {
    return handle
        .createQuery(BRANCHES)
        .bind("project", project)
        .bind("rows", MAX_BRANCHES)
        .mapTo(String.class)
        .list();
  }
}
