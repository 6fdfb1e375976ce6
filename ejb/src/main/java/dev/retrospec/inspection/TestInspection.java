package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.TestPageView.Line;
import dev.retrospec.inspection.TestPageView.TestCase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads the page of one test: its history across runs. */
@ApplicationScoped
public class TestInspection {

  private static final String TEST =
      """
      select id, suite, name, file, first_seen, last_seen, runs, failures, flaky, failure_rate,
        mean_duration_ms::bigint
      from test_case where project_id = :project and id = :test
      """;

  /** Runs that are looked through, so that the cost has a bound however often a test ran. */
  private static final int RUNS = 1_000;

  private static final String LINES =
      """
      with recent as (
        select id, branch, commit_hash, author, created_at
        from test_run
        where project_id = :project and (cast(:branch as text) is null or branch = :branch)
        order by created_at desc
        limit :runs)
      select t.id as test_run_id, r.status, r.duration_ms, t.branch, t.commit_hash, t.author,
        t.created_at, f.error_message, f.pattern_id
      from recent t
      cross join lateral (
        select r.status, r.duration_ms from test_result r
        where r.project_id = :project and r.test_run_id = t.id and r.test_case_id = :test
        order by r.attempt desc
        limit 1) r
      left join failed_test f on f.project_id = :project and f.test_run_id = t.id
        and f.test_case_id = :test
      order by t.created_at desc, t.id
      limit :rows
      """;

  private static final String BRANCHES =
      """
      select branch from (
        select id, branch, created_at from test_run
        where project_id = :project
        order by created_at desc
        limit :runs) t
      where exists (select from test_result r
        where r.project_id = :project and r.test_run_id = t.id and r.test_case_id = :test)
      group by branch order by max(created_at) desc limit 20
      """;

  private final Jdbi jdbi;

  @Inject
  public TestInspection(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestInspection() {
    this(null);
  }

  /**
   * Empty when the project has no such test.
   *
   * @param branch only results of this one; null for all
   */
  public Optional<TestPageView> open(ProjectId project, long test, @Nullable String branch) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TEST)
                .bind("project", project)
                .bind("test", test)
                .map(ConstructorMapper.of(TestCase.class))
                .findOne()
                .map(found -> page(handle, project, found, branch)));
  }

  private static TestPageView page(
      Handle handle, ProjectId project, TestCase test, @Nullable String branch) {
    List<Line> lines =
        handle
            .createQuery(LINES)
            .bind("project", project)
            .bind("test", test.id())
            .bind("runs", RUNS)
            .bindByType("branch", branch, String.class)
            .bind("rows", TestPageView.LENGTH + 1)
            .map(ConstructorMapper.of(Line.class))
            .list();
    boolean hasMore = lines.size() > TestPageView.LENGTH;
    return new TestPageView(
        test,
        hasMore ? lines.subList(0, TestPageView.LENGTH) : lines,
        hasMore,
        handle
            .createQuery(BRANCHES)
            .bind("project", project)
            .bind("test", test.id())
            .bind("runs", RUNS)
            .mapTo(String.class)
            .list());
  }
}
