package dev.retrospec.testruns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.testruns.TestRunView.FailedTestView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads runs. */
@ApplicationScoped
public class TestRunQueries {

  /** A run with more red tests has one cause; its list is cut, its counts are not. */
  private static final int MAX_FAILED = 500;

  private static final String RUN =
      """
      select repository, commit_hash, branch, job, base_branch, author, status, pr_number, git_diff,
             source, run_url, snapshot_urls::text as snapshot_urls, duration_ms, tests, failed,
             flaky, skipped, analysis, analysis_status, analysed_by, created_at,
             answer::text as answer
      from test_run where project_id = :project and id = :id
      """;

  private static final String FAILED =
      """
      select id, test_name, error_type, error_message, stack_trace, is_flaky, flaky_score,
             is_new_on_branch, first_bad_commit, last_good_commit, pattern_id
      from failed_test where project_id = :project and test_run_id = :id
      order by position limit :limit
      """;

  private static final String LIST =
      """
      select id, repository, commit_hash, branch, job, author, status, pr_number, duration_ms,
             tests, failed, flaky, skipped, created_at
      from test_run
      where project_id = :project
        and (cast(:status as text) is null or status = :status)
        and (cast(:branch as text) is null or branch = :branch)
        and (cast(:repository as text) is null or repository = :repository)
        and (cast(:pr as integer) is null or pr_number = :pr)
        and (cast(:at as timestamptz) is null or (created_at, id) < (:at, :lastId))
      order by created_at desc, id desc
      limit :limit
      """;

  private static final RowMapper<FailedTestView> FAILED_TEST =
      (row, context) -> {
        boolean isNew = row.getBoolean("is_new_on_branch");
        Boolean known = row.wasNull() ? null : (Boolean) isNew;
        String pattern = row.getString("pattern_id");
        return new FailedTestView(
            row.getLong("id"),
            row.getString("test_name"),
            row.getString("error_type"),
            row.getString("error_message"),
            row.getString("stack_trace"),
            row.getBoolean("is_flaky"),
            row.getDouble("flaky_score"),
            known,
            row.getString("first_bad_commit"),
            row.getString("last_good_commit"),
            pattern == null ? null : new PatternId(pattern));
      };

  private static final RowMapper<TestRunLine> LINE =
      (row, context) ->
          new TestRunLine(
              new TestRunId(row.getString("id")),
              row.getString("repository"),
              row.getString("commit_hash"),
              row.getString("branch"),
              row.getString("job"),
              row.getString("author"),
              RunStatus.fromWireName(row.getString("status")),
              number(row, "pr_number"),
              duration(row),
              row.getInt("tests"),
              row.getInt("failed"),
              row.getInt("flaky"),
              row.getInt("skipped"),
              at(row));

  private final Jdbi jdbi;

  @Inject
  public TestRunQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestRunQueries() {
    this.jdbi = null;
  }

  public Optional<TestRunView> find(ProjectId project, TestRunId id) {
    return jdbi.withHandle(
        handle -> {
          List<FailedTestView> failed =
              handle
                  .createQuery(FAILED)
                  .bind("project", project)
                  .bind("id", id)
                  .bind("limit", MAX_FAILED)
                  .map(FAILED_TEST)
                  .list();
          return handle
              .createQuery(RUN)
              .bind("project", project)
              .bind("id", id)
              .map((row, context) -> view(project, id, row, failed))
              .findOne();
        });
  }

  /** The newest first. */
  public Page<TestRunLine> list(ProjectId project, TestRunFilter filter) {
    Cursor after = filter.after();
    List<TestRunLine> lines =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(LIST)
                    .bind("project", project)
                    .bind("status", filter.status() == null ? null : filter.status().wireName())
                    .bind("branch", filter.branch())
                    .bind("repository", filter.repository())
                    .bind("pr", filter.prNumber())
                    .bind("at", after == null ? null : after.at())
                    .bind("lastId", after == null ? null : after.id())
                    .bind("limit", filter.limit() + 1)
                    .map(LINE)
                    .list());
    return Page.of(
        lines, filter.limit(), line -> new Cursor(line.createdAt(), line.id().value()).encoded());
  }

  private static TestRunView view(
      ProjectId project, TestRunId id, ResultSet row, List<FailedTestView> failed)
      throws SQLException {
    String answer = row.getString("answer");
    return new TestRunView(
        project,
        id,
        row.getString("repository"),
        row.getString("commit_hash"),
        row.getString("branch"),
        row.getString("job"),
        row.getString("base_branch"),
        row.getString("author"),
        RunStatus.fromWireName(row.getString("status")),
        number(row, "pr_number"),
        row.getString("git_diff"),
        RunSource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
        row.getString("run_url"),
        Json.read(row.getString("snapshot_urls"), SnapshotUrls.class),
        duration(row),
        row.getInt("tests"),
        row.getInt("failed"),
        row.getInt("flaky"),
        row.getInt("skipped"),
        row.getString("analysis"),
        row.getString("analysis_status"),
        row.getString("analysed_by"),
        at(row),
        failed,
        answer == null ? RunAnswer.green(id) : Json.read(answer, RunAnswer.class));
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : (Integer) value;
  }

  private static @Nullable Long duration(ResultSet row) throws SQLException {
    long value = row.getLong("duration_ms");
    return row.wasNull() ? null : (Long) value;
  }

  private static Instant at(ResultSet row) throws SQLException {
    return row.getObject("created_at", OffsetDateTime.class).toInstant();
  }
}
