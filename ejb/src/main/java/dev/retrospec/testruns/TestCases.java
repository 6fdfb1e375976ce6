package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The catalogue of the tests that exist, and how each of them did in each run. */
@ApplicationScoped
public class TestCases {

  /**
   * Weight of the newest run in a test's failure rate: half of the weight lies on the last three.
   * Exponential smoothing with 0.8 for the past is the best of the simple orders on ABB's IOF/ROL
   * history (RETECS, ISSTA 2017).
   */
  static final double NEWEST = 0.2;

  /** In the order of the names, because two runs that meet must meet in the same order. */
  private static final String SEEN =
      """
      with incoming as (
        select * from unnest(:names, :suites, :files, :statuses, :durations)
          as i(name, suite, file, status, duration)
        order by name)
      insert into test_case as old
        (project_id, name, suite, file, repository, first_seen, last_seen, last_failed_at, runs,
         failures, flaky, failure_rate, mean_duration_ms)
      select :project, name, suite, nullif(file, ''), :repository, :now, :now,
             case when status in ('failed', 'error') then cast(:now as timestamptz) end,
             case when status = 'skipped' then 0 else 1 end,
             case when status in ('failed', 'error', 'flaky') then 1 else 0 end,
             case when status = 'flaky' then 1 else 0 end,
             case when status in ('failed', 'error') then :newest else 0 end,
             nullif(duration, -1)
      from incoming
      on conflict (project_id, name) do update set
        suite = case when excluded.suite = '' then old.suite else excluded.suite end,
        file = coalesce(excluded.file, old.file),
        repository = excluded.repository,
        last_seen = greatest(old.last_seen, excluded.last_seen),
        last_failed_at = coalesce(excluded.last_failed_at, old.last_failed_at),
        runs = old.runs + excluded.runs,
        failures = old.failures + excluded.failures,
        flaky = old.flaky + excluded.flaky,
        failure_rate = case when excluded.runs = 0 then old.failure_rate
          else old.failure_rate * (1 - :newest) + excluded.failure_rate end,
        mean_duration_ms = case when excluded.runs = 0 or excluded.mean_duration_ms is null
            then old.mean_duration_ms
          else coalesce(old.mean_duration_ms * (1 - :newest) + excluded.mean_duration_ms * :newest,
                        excluded.mean_duration_ms) end
      returning id, name, failures, flaky
      """;

  /** Who names failures only says that the other tests have passed. */
  private static final String REST_PASSED =
      """
      update test_case set failure_rate = failure_rate * (1 - :newest)
      where project_id = :project and repository = :repository and failure_rate > 0.001
        and id <> all(:red)
      """;

  private static final String ADD_RESULTS =
      """
      insert into test_result (project_id, test_run_id, test_case_id, attempt, status, duration_ms)
      select :project, :run, r.id, r.attempt, r.status, nullif(r.duration, -1)
      from unnest(:cases, :attempts, :statuses, :durations) as r(id, attempt, status, duration)
      """;

  /** Green here, red in another run of the very same code: then that red was a flake. */
  private static final String WAS_FLAKY =
      """
      with earlier as (
        select r.id from test_run r
        where r.project_id = :project and r.commit_hash = :commit and r.repository = :repository
          and r.job = :job and r.branch = :branch and r.id <> :run),
      turned as (
        update failed_test f set is_flaky = true
        from earlier e
        where f.project_id = :project and f.test_run_id = e.id and not f.is_flaky
          and case when :onlyFailures then f.test_case_id <> all(:red)
                   else f.test_case_id = any(:green) end
        returning f.test_case_id)
      update test_case c set flaky = least(c.flaky + t.times, c.failures)
      from (select test_case_id, count(*) as times from turned group by test_case_id) t
      where c.id = t.test_case_id
      """;

  /** Red here, green in another run of the very same code. */
  private static final String IS_FLAKY =
      """
      select c.id
      from unnest(:red) as c(id)
      where exists (
        select from test_run r
        where r.project_id = :project and r.commit_hash = :commit and r.repository = :repository
          and r.job = :job and r.branch = :branch and r.id <> :run
          and case when r.only_failures
            then not exists (
              select from failed_test f
              where f.project_id = r.project_id and f.test_run_id = r.id and f.test_case_id = c.id)
            else exists (
              select from test_result t
              where t.project_id = r.project_id and t.test_run_id = r.id and t.test_case_id = c.id
                and t.status = 'passed') end)
      """;

  private final Jdbi jdbi;

  @Inject
  public TestCases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestCases() {
    this.jdbi = null;
  }

  /** A test as the catalogue knows it after this run. */
  record Known(long id, long failures, long flaky) {

    /** Of its red runs, the share that was flaky; drawn to 0 while there are few. */
    double flakyScore(boolean onceMore) {
      return Math.min(1, (flaky + (onceMore ? 1.0 : 0.0)) / (failures + 1));
    }
  }

  /** Adds a run's tests, or counts them; by name. */
  Map<String, Known> seen(ProjectId project, NewTestRun run, Instant now) {
    List<TestResult> results = run.results();
    if (results.isEmpty()) {
      return Map.of();
    }
    Map<String, Known> known = new HashMap<>(results.size() * 2);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(SEEN)
                .bind("project", project)
                .bind("repository", run.repository())
                .bind("now", now)
                .bind("newest", NEWEST)
                .bindArray("names", String.class, results.stream().map(TestResult::name).toList())
                .bindArray("suites", String.class, results.stream().map(TestResult::suite).toList())
                .bindArray(
                    "files",
                    String.class,
                    results.stream().map(one -> one.file() == null ? "" : one.file()).toList())
                .bindArray(
                    "statuses",
                    String.class,
                    results.stream().map(one -> one.status().wireName()).toList())
                .bindArray(
                    "durations",
                    Double.class,
                    results.stream()
                        .map(one -> one.durationMs() == null ? -1.0 : (double) one.durationMs())
                        .toList())
                .map(
                    (row, context) ->
                        known.put(
                            row.getString("name"),
                            new Known(
                                row.getLong("id"), row.getLong("failures"), row.getLong("flaky"))))
                .forEach(ignored -> {}));
    return known;
  }

  /** Lowers the failure rate of all tests that a list of failures does not name. */
  void restPassed(ProjectId project, NewTestRun run, Collection<Long> red) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(REST_PASSED)
                .bind("newest", NEWEST)
                .bind("project", project)
                .bind("repository", run.repository())
                .bindArray("red", Long.class, List.copyOf(red))
                .execute());
  }

  void addResults(
      ProjectId project, TestRunId run, List<TestResult> results, Map<String, Known> known) {
    if (results.isEmpty()) {
      return;
    }
    List<Long> cases = new ArrayList<>(results.size());
    List<Integer> attempts = new ArrayList<>(results.size());
    List<String> statuses = new ArrayList<>(results.size());
    List<Long> durations = new ArrayList<>(results.size());
    for (TestResult result : results) {
      int number = 0;
      for (TestResult.Attempt attempt : result.attempts()) {
        cases.add(known.get(result.name()).id());
        attempts.add(++number);
        statuses.add(attempt.status().wireName());
        durations.add(attempt.durationMs() == null ? -1 : attempt.durationMs());
      }
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD_RESULTS)
                .bind("project", project)
                .bind("run", run)
                .bindArray("cases", Long.class, cases)
                .bindArray("attempts", Integer.class, attempts)
                .bindArray("statuses", String.class, statuses)
                .bindArray("durations", Long.class, durations)
                .execute());
  }

  /** Marks what was red in other runs of the same code, and is green in this one. */
  void markFlakes(
      ProjectId project,
      TestRunId id,
      NewTestRun run,
      Collection<Long> green,
      Collection<Long> red) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(WAS_FLAKY)
                .bind("project", project)
                .bind("run", id)
                .bind("commit", run.commitHash())
                .bind("repository", run.repository())
                .bind("branch", run.branch())
                .bind("job", run.job())
                .bind("onlyFailures", run.saysTheRestPassed())
                .bindArray("green", Long.class, List.copyOf(green))
                .bindArray("red", Long.class, List.copyOf(red))
                .execute());
  }

  /** Of the red tests, those that are green in another run of the same code. */
  List<Long> flakes(ProjectId project, TestRunId id, NewTestRun run, Collection<Long> red) {
    if (red.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(IS_FLAKY)
                .bind("project", project)
                .bind("run", id)
                .bind("commit", run.commitHash())
                .bind("repository", run.repository())
                .bind("branch", run.branch())
                .bind("job", run.job())
                .bindArray("red", Long.class, List.copyOf(red))
                .mapTo(Long.class)
                .list());
  }

  /** Counts a flake of each; they have been counted as red already. */
  void countFlakes(Collection<Long> cases) {
    if (cases.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update test_case set flaky = least(flaky + 1, failures) where id = any(:cases)")
                .bindArray("cases", Long.class, List.copyOf(cases))
                .execute());
  }
}
