package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.TestListFilter.Tab;
import dev.retrospec.inspection.TestListView.Row;
import dev.retrospec.inspection.TestPageView.TestCase;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.platform.persistence.LikePattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page that lists a project's tests. */
@ApplicationScoped
public class TestListInspection {

  private static final String TESTS =
      """
      select t.id, t.suite, t.name, t.file, t.first_seen, t.last_seen, t.runs, t.failures, t.flaky,
        t.failure_rate, t.mean_duration_ms::bigint
      from test_case t
      where t.project_id = :project
      """;

  private static final String IS_RED =
      "t.id in (select f.test_case_id from failing_test f where f.project_id = :project)";

  /** Each from an index of its own. */
  private static final String COUNTS =
      """
      select (select count(*) from test_case t where t.project_id = :project) as tests,
        (select count(*) from test_case t where t.project_id = :project and t.flaky > 0) as flaky,
        (select count(distinct f.test_case_id) from failing_test f where f.project_id = :project)
          as red
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public TestListInspection(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestListInspection() {
    this(null, null);
  }

  /** A piece of the list; the next one begins behind its last test, also when numbers move. */
  public TestListView open(ProjectId project, TestListFilter filter) {
    return jdbi.withHandle(
        handle -> {
          Page<TestCase> page = tests(handle, project, filter);
          Map<Long, TestHistory> histories =
              TestHistories.of(
                  handle,
                  project,
                  page.items().stream().map(TestCase::id).toList(),
                  clock.instant(),
                  TestHistory.LENGTH);
          return new TestListView(
              page.items().stream()
                  .map(test -> new Row(test, histories.getOrDefault(test.id(), TestHistory.NONE)))
                  .toList(),
              counts(handle, project),
              page.nextCursor());
        });
  }

  private static Page<TestCase> tests(Handle handle, ProjectId project, TestListFilter filter) {
    TestOrder order = TestOrder.of(filter.sort());
    StringBuilder sql = new StringBuilder(TESTS);
    switch (filter.tab()) {
      case ALL -> {}
      case RED -> sql.append(" and ").append(IS_RED);
      case FLAKY -> sql.append(" and t.flaky > 0");
    }
    if (filter.q() != null) {
      sql.append(" and (t.name ilike :pattern or t.suite ilike :pattern or t.file ilike :pattern)");
    }
    if (filter.after() != null) {
      sql.append(order.behind());
    }
    Query query =
        handle
            .createQuery(sql.append(order.by()).append(" limit :rows"))
            .bind("project", project)
            .bind("rows", filter.limit() + 1);
    if (filter.q() != null) {
      query.bind("pattern", LikePattern.containing(filter.q()));
    }
    if (filter.after() != null) {
      order.bind(query, filter.after());
    }
    return Page.of(
        query.map(ConstructorMapper.of(TestCase.class)).list(),
        filter.limit(),
        last -> order.cursor(last).encoded());
  }

  private static Map<Tab, Long> counts(Handle handle, ProjectId project) {
    return handle
        .createQuery(COUNTS)
        .bind("project", project)
        .map(
            (row, context) -> {
              Map<Tab, Long> counts = new EnumMap<>(Tab.class);
              counts.put(Tab.ALL, row.getLong("tests"));
              counts.put(Tab.RED, row.getLong("red"));
              counts.put(Tab.FLAKY, row.getLong("flaky"));
              return counts;
            })
        .one();
  }
}
