package dev.retrospec.inspection;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.RunPageView.Account;
import dev.retrospec.inspection.RunPageView.Attachment;
import dev.retrospec.inspection.RunPageView.ChangedFile;
import dev.retrospec.inspection.RunPageView.FailedTest;
import dev.retrospec.inspection.RunPageView.Failure;
import dev.retrospec.inspection.RunPageView.Message;
import dev.retrospec.inspection.RunPageView.Recommended;
import dev.retrospec.inspection.RunPageView.Similar;
import dev.retrospec.inspection.RunPageView.TestLine;
import dev.retrospec.patterns.Why;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.persistence.LikePattern;
import dev.retrospec.snapshots.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page of one test run. */
@ApplicationScoped
public class RunInspection {

  /** Of all results of a run; the search finds the others. */
  private static final int MAX_TESTS = 200;

  private static final int MAX_FILES = 200;
  private static final int SIMILAR_OF_A_FAILURE = 3;

  private static final String RUN_COLUMNS =
      "id, repository, commit_hash, branch, base_branch, author, status, pr_number, source,"
          + " duration_ms, tests, failed, flaky, skipped, created_at";

  private static final String RUN =
      "select " + RUN_COLUMNS + " from test_run where project_id = :project and id = :run";

  private static final String BEFORE =
      "select "
          + RUN_COLUMNS
          + " from test_run where project_id = :project and repository = :repository"
          + " and branch = :branch and created_at < :at"
          + " and job = (select job from test_run where project_id = :project and id = :run)"
          + " order by created_at desc limit 1";

  private static final String ACCOUNT =
      """
      select analysis, analysis_status, analysed_by, run_url, only_failures,
        snapshot_urls ->> 'screenshot' as screenshot, snapshot_urls ->> 'htmlDump' as html_dump,
        snapshot_urls ->> 'har' as har, snapshot_urls ->> 'consoleLogs' as console_logs
      from test_run where project_id = :project and id = :run
      """;

  private static final String FAILURES =
      """
      select f.id, f.test_name, f.test_case_id, c.suite, c.file, f.error_type, f.error_message,
        f.stack_trace, f.output, f.attachments::text as attachments, f.is_flaky, f.flaky_score,
        f.is_new_on_branch, f.first_bad_run, f.first_bad_commit, f.first_bad_author,
        f.first_bad_at, f.last_good_commit, f.pattern_id, f.pattern_is_new, p.decision,
        p.occurrence_count
      from failed_test f
      join test_case c on c.id = f.test_case_id
      left join failure_pattern p on p.project_id = f.project_id and p.id = f.pattern_id
      where f.project_id = :project and f.test_run_id = :run
      order by f.is_flaky, f.is_new_on_branch desc nulls last, f.position
      limit :rows
      """;

  private static final String SIMILAR =
      """
      select * from (
        select m.failed_test_id, m.pattern_id, m.similarity, m.why::text as why, p.summary,
          p.occurrence_count, p.first_seen, p.last_seen, p.decision, p.note,
          i.cluster_key as issue, i.symptom as issue_symptom, i.user_count as issue_users,
          i.session_count as issue_sessions,
          row_number() over (partition by m.failed_test_id order by m.similarity desc, p.id) as rank
        from pattern_match m
        join failure_pattern p on p.project_id = m.project_id and p.id = m.pattern_id
        join failed_test f on f.id = m.failed_test_id
        left join lateral (
          select l.cluster_key, k.symptom, k.user_count, k.session_count
          from pattern_issue l
          join issue_cluster k on k.project_id = l.project_id and k.key = l.cluster_key
          where l.project_id = m.project_id and l.pattern_id = m.pattern_id
            and k.promoted_at is not null
          order by l.similarity desc, l.cluster_key
          limit 1) i on true
        where m.project_id = :project and m.test_run_id = :run and m.failed_test_id = any(:failed)
          and not exists (
            select from pattern_link_rule r
            where r.project_id = m.project_id and r.other_kind = 'pattern' and not r.same
              and (r.pattern_id = f.pattern_id and r.other_id = m.pattern_id
                or r.pattern_id = m.pattern_id and r.other_id = f.pattern_id))
      ) ranked
      where rank <= :similar
      order by failed_test_id, rank
      """;

  private static final String RECOMMENDED =
      """
      select r.test_name, r.reason, r.confidence_score as confidence, r.test_case_id, c.file
      from recommended_test r
      join test_case c on c.id = r.test_case_id
      where r.project_id = :project and r.test_run_id = :run
      order by r.position
      """;

  private static final String MESSAGES =
      """
      select channel, status, error_message, attempts, address, created_at, sent_at
      from notification
      where project_id = :project and test_run_id = cast(:run as uuid)
      order by created_at, channel
      """;

  private static final String FILES =
      """
      select path, change, added_lines, deleted_lines from test_run_file
      where project_id = :project and test_run_id = :run
      order by path limit :rows
      """;

  private static final String DIFF =
      "select git_diff from test_run where project_id = :project and id = :run";

  private static final String TESTS =
      """
      select * from (
        select distinct on (r.test_case_id) r.test_case_id, c.suite, c.name, r.status,
          r.duration_ms, max(r.attempt) over (partition by r.test_case_id) as attempts
        from test_result r
        join test_case c on c.id = r.test_case_id
        where r.project_id = :project and r.test_run_id = :run
        order by r.test_case_id, r.attempt desc) r
      where true
        and (cast(:result as text) is null or r.status = :result)
        and (cast(:pattern as text) is null or r.name ilike :pattern or r.suite ilike :pattern)
      order by case r.status when 'failed' then 0 when 'error' then 0 when 'flaky' then 1
        when 'passed' then 2 else 3 end, r.duration_ms desc nulls last, r.name
      limit :rows
      """;

  private static final TypeReference<List<Attachment>> ATTACHMENTS = new TypeReference<>() {};

  private final Jdbi jdbi;
  private final Snapshots snapshots;

  @Inject
  public RunInspection(Jdbi jdbi, Snapshots snapshots) {
    this.jdbi = jdbi;
    this.snapshots = snapshots;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunInspection() {
    this(null, null);
  }

  /** Empty when the project has no such run. */
  public Optional<RunPageView> open(ProjectId project, TestRunId id, RunPageFilter filter) {
    return jdbi.withHandle(
        handle ->
            on(handle, RUN, project, id)
                .map(ConstructorMapper.of(RunLine.class))
                .findOne()
                .map(run -> page(handle, project, run, filter)));
  }

  private RunPageView page(Handle handle, ProjectId project, RunLine run, RunPageFilter filter) {
    List<Failure> failures = failures(handle, project, run, filter.failures() + 1);
    List<TestLine> tests = tests(handle, project, run, filter);
    return new RunPageView(
        run,
        on(handle, ACCOUNT, project, run.id()).map(ConstructorMapper.of(Account.class)).one(),
        before(handle, project, run).orElse(null),
        cut(failures, filter.failures()),
        failures.size() > filter.failures(),
        snapshots.ofRun(project, run.id()),
        list(handle, RECOMMENDED, project, run, Recommended.class),
        list(handle, MESSAGES, project, run, Message.class),
        on(handle, FILES, project, run.id())
            .bind("rows", MAX_FILES)
            .map(ConstructorMapper.of(ChangedFile.class))
            .list(),
        RunDiff.of(
            on(handle, DIFF, project, run.id()).mapTo(String.class).findFirst().orElse(null)),
        cut(tests, MAX_TESTS),
        tests.size() > MAX_TESTS);
  }

  private static Optional<RunLine> before(Handle handle, ProjectId project, RunLine run) {
    return handle
        .createQuery(BEFORE)
        .bind("project", project)
        .bind("repository", run.repository())
        .bind("branch", run.branch())
        .bind("run", run.id())
        .bind("at", run.createdAt())
        .map(ConstructorMapper.of(RunLine.class))
        .findOne();
  }

  private static List<Failure> failures(Handle handle, ProjectId project, RunLine run, int rows) {
    List<FailedTest> failed =
        on(handle, FAILURES, project, run.id())
            .bind("rows", rows)
            .registerColumnMapper(
                new GenericType<List<Attachment>>() {},
                (row, column, context) -> Json.read(row.getString(column), ATTACHMENTS))
            .map(ConstructorMapper.of(FailedTest.class))
            .list();
    Map<Long, TestHistory> histories =
        TestHistories.of(
            handle,
            project,
            failed.stream().map(FailedTest::testCaseId).toList(),
            run.createdAt(),
            TestHistory.LENGTH);
    Map<Long, List<Similar>> similar =
        similar(handle, project, run, failed).stream()
            .collect(Collectors.groupingBy(Similar::failedTestId));
    return failed.stream()
        .map(
            test ->
                new Failure(
                    test,
                    histories.getOrDefault(test.testCaseId(), TestHistory.NONE),
                    similar.getOrDefault(test.id(), List.of())))
        .toList();
  }

  private static List<Similar> similar(
      Handle handle, ProjectId project, RunLine run, List<FailedTest> failed) {
    return on(handle, SIMILAR, project, run.id())
        .bindArray("failed", Long.class, failed.stream().map(FailedTest::id).toList())
        .bind("similar", SIMILAR_OF_A_FAILURE)
        .registerColumnMapper(
            Why.class,
            (row, column, context) -> {
              String json = row.getString(column);
              return json == null ? null : Json.read(json, Why.class);
            })
        .map(ConstructorMapper.of(Similar.class))
        .list();
  }

  private static List<TestLine> tests(
      Handle handle, ProjectId project, RunLine run, RunPageFilter filter) {
    return on(handle, TESTS, project, run.id())
        .bindByType("result", filter.result(), String.class)
        .bindByType(
            "pattern",
            filter.test() == null ? null : LikePattern.containing(filter.test()),
            String.class)
        .bind("rows", MAX_TESTS + 1)
        .map(ConstructorMapper.of(TestLine.class))
        .list();
  }

  private static <T> List<T> list(
      Handle handle, String sql, ProjectId project, RunLine run, Class<T> type) {
    return on(handle, sql, project, run.id()).map(ConstructorMapper.of(type)).list();
  }

  private static Query on(Handle handle, String sql, ProjectId project, TestRunId run) {
    return handle.createQuery(sql).bind("project", project).bindByType("run", run, TestRunId.class);
  }

  private static <T> List<T> cut(List<T> rows, int limit) {
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }
}
