package dev.retrospec.testruns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.testruns.analysis.RunCase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** With which commit a failure went away the last time. */
@ApplicationScoped
public class PastFixes {

  private static final String FIXES =
      """
      select p.id as pattern, f.test_name, g.commit_hash, g.author,
        (select coalesce(array_agg(t.path), '{}') from (
          select path from test_run_file t
          where t.project_id = :project and t.test_run_id = g.id
          order by t.added_lines + t.deleted_lines desc limit 3) t) as files
      from unnest(:patterns) as p(id)
      cross join lateral (
        select f.test_case_id, f.test_name, r.repository, r.branch, r.job, r.created_at
        from failed_test f
        join test_run r on r.project_id = f.project_id and r.id = f.test_run_id
        where f.project_id = :project and f.pattern_id = p.id and f.test_run_id <> :run
          and not f.is_flaky
        order by f.id desc limit 1) f
      cross join lateral (
        select r.id, r.commit_hash, r.author
        from test_run r
        where r.project_id = :project and r.repository = f.repository and r.branch = f.branch
          and r.job = f.job and r.created_at > f.created_at and r.id <> :run
          and case when r.only_failures
            then not exists (
              select from failed_test t
              where t.project_id = :project and t.test_run_id = r.id
                and t.test_case_id = f.test_case_id)
            else exists (
              select from test_result t
              where t.project_id = :project and t.test_run_id = r.id
                and t.test_case_id = f.test_case_id and t.status = 'passed') end
        order by r.created_at limit 1) g
      """;

  private final Jdbi jdbi;

  @Inject
  public PastFixes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PastFixes() {
    this.jdbi = null;
  }

  /** Of those patterns that have gone away once; a run is no fix of itself. */
  Map<PatternId, RunCase.Fix> of(ProjectId project, TestRunId run, Collection<PatternId> patterns) {
    Map<PatternId, RunCase.Fix> fixes = new HashMap<>();
    if (patterns.isEmpty()) {
      return fixes;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(FIXES)
                .bind("project", project)
                .bind("run", run)
                .bindArray(
                    "patterns", String.class, patterns.stream().map(PatternId::value).toList())
                .map(
                    (row, context) ->
                        fixes.put(
                            new PatternId(row.getString("pattern")),
                            new RunCase.Fix(
                                row.getString("commit_hash"),
                                row.getString("author"),
                                row.getString("test_name"),
                                texts(row.getArray("files")))))
                .forEach(ignored -> {}));
    return fixes;
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
