package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.TestHistory.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@link TestHistory}s: the newest results of each test, of the last runs of the project. */
final class TestHistories {

  private static final RowMapper<Result> RESULT = ConstructorMapper.of(Result.class);

  /** Runs that are looked through, so that the cost has a bound however often a test ran. */
  private static final int RUNS = 300;

  private static final String SQL =
      """
      with recent as (
        select id, branch, commit_hash, created_at
        from test_run
        where project_id = :project and created_at <= :until
        order by created_at desc
        limit :runs)
      select test_case_id, test_run_id, status, branch, commit_hash, created_at from (
        select l.*, row_number() over (
          partition by test_case_id order by created_at desc, test_run_id) as rank
        from (
          select distinct on (r.test_run_id, r.test_case_id) r.test_case_id, r.test_run_id, r.status,
            t.branch, t.commit_hash, t.created_at
          from recent t
          join test_result r on r.project_id = :project and r.test_run_id = t.id
            and r.test_case_id = any(:cases)
          order by r.test_run_id, r.test_case_id, r.attempt desc) l) ranked
      where rank <= :length
      order by test_case_id, rank
      """;

  private TestHistories() {}

  /**
   * The history of each test as it was then.
   *
   * @param length of each
   */
  static Map<Long, TestHistory> of(
      Handle handle, ProjectId project, Collection<Long> cases, Instant until, int length) {
    Map<Long, List<Result>> results = new HashMap<>();
    if (!cases.isEmpty()) {
      handle
          .createQuery(SQL)
          .bind("project", project)
          .bindArray("cases", Long.class, List.copyOf(cases))
          .bind("until", until)
          .bind("runs", RUNS)
          .bind("length", length)
          .map(
              (row, context) ->
                  results
                      .computeIfAbsent(row.getLong("test_case_id"), test -> new ArrayList<>())
                      .add(RESULT.map(row, context)))
          .list();
    }
    Map<Long, TestHistory> histories = new HashMap<>();
    results.forEach((test, list) -> histories.put(test, new TestHistory(list)));
    return histories;
  }
}
