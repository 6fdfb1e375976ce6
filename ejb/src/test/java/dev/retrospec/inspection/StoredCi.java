package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Test runs and patterns as the features below would have stored them. */
final class StoredCi {

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final ProjectId project;
  private final Instant now;
  private final Map<String, Long> tests = new HashMap<>();

  StoredCi(ProjectId project, Instant now) {
    this.project = project;
    this.now = now;
  }

  TestRunId run(String branch, String status, int flaky, long minutesAgo) {
    TestRunId id = TestRunId.mint();
    write(
        """
        insert into test_run (project_id, id, repository, commit_hash, branch, base_branch, author,
          status, pr_number, source, only_failures, duration_ms, tests, failed, flaky, content_hash,
          created_at)
        values (:project, :id, 'tea/shop', :commit, :branch, 'main', 'ada', :status, 7,
          'junit', false, 60000, 10, :failed, :flaky, :id, :at)
        """,
        Map.of(
            "id", id,
            "commit", "abc" + minutesAgo,
            "branch", branch,
            "status", status,
            "failed", status.equals("failed") ? 1 : 0,
            "flaky", flaky,
            "at", minutesBefore(minutesAgo)));
    return id;
  }

  void job(TestRunId run, String job) {
    write(
        "update test_run set job = :job where project_id = :project and id = :run",
        Map.of("job", job, "run", run));
  }

  long test(String name) {
    return tests.computeIfAbsent(
        name,
        unknown ->
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            insert into test_case (project_id, name, suite, file, first_seen,
                              last_seen, runs, failures, flaky, failure_rate, mean_duration_ms)
                            values (:project, :name, 'Basket', 'BasketTest.java', :at, :at, 9, 3, 1,
                              0.25, 140.6)
                            returning id
                            """)
                        .bind("project", project)
                        .bind("name", name)
                        .bind("at", now)
                        .mapTo(Long.class)
                        .one()));
  }

  void result(TestRunId run, String test, int attempt, String status) {
    write(
        """
insert into test_result (project_id, test_run_id, test_case_id, attempt, status, duration_ms)
values (:project, :run, :test, :attempt, :status, 120)
""",
        Map.of("run", run, "test", test(test), "attempt", attempt, "status", status));
  }

  long failure(TestRunId run, String test, PatternId pattern, boolean isNew) {
    result(run, test, 1, "failed");
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    insert into failed_test (project_id, test_run_id, test_case_id, position,
                      test_name, error_type, error_message, stack_trace, attachments,
                      is_new_on_branch, first_bad_commit, pattern_id)
                    values (:project, :run, :test, :test, :name, 'NullPointerException',
                      'card is null', 'at Basket.total(Basket.java:8)',
                      '[{"name": "trace", "path": "trace.zip"}]', :new, 'abc9', :pattern)
                    returning id
                    """)
                .bind("project", project)
                .bind("run", run)
                .bind("test", test(test))
                .bind("name", test)
                .bind("new", isNew)
                .bind("pattern", pattern)
                .mapTo(Long.class)
                .one());
  }

  PatternId pattern(String summary, long minutesAgo) {
    PatternId id = PatternId.mint();
    write(
        """
        insert into failure_pattern (project_id, id, summary, error_type, error_message, test_name,
          words, occurrence_count, run_count, first_seen, last_seen)
        values (:project, :id, :summary, 'NullPointerException', 'card is null', 'BasketTest.adds',
          '{1}', 4, 3, :at, :at)
        """,
        Map.of("id", id, "summary", summary, "at", minutesBefore(minutesAgo)));
    return id;
  }

  void match(TestRunId run, long failure, PatternId pattern, double similarity) {
    write(
        """
        insert into pattern_match (project_id, test_run_id, failed_test_id, pattern_id, similarity,
          why)
        values (:project, :run, :failure, :pattern, :similarity,
          '{"exact": false, "frames": 0.9, "message": 0.5, "type": 1, "codesDiffer": false,
            "sharedFrames": ["Basket.total"], "sharedWords": []}')
        """,
        Map.of("run", run, "failure", failure, "pattern", pattern, "similarity", similarity));
  }

  void occurrence(PatternId pattern, TestRunId run, String test, long minutesAgo) {
    write(
        """
        insert into pattern_occurrence (project_id, test_run_id, test_name, pattern_id, commit_hash,
          branch, author, similarity, seen_at)
        values (:project, :run, :test, :pattern, 'abc', 'main', 'ada', 0.9, :at)
        """,
        Map.of("run", run, "test", test, "pattern", pattern, "at", minutesBefore(minutesAgo)));
  }

  void link(PatternId pattern, String issue, double similarity) {
    write(
        """
        insert into pattern_issue (project_id, pattern_id, cluster_key, similarity, linked_by,
          linked_at)
        values (:project, :pattern, :issue, :similarity, 'match', now())
        """,
        Map.of("pattern", pattern, "issue", issue, "similarity", similarity));
  }

  void decide(PatternId pattern, String decision) {
    write(
        "update failure_pattern set decision = :decision, note = 'Ask ada'"
            + " where project_id = :project and id = :id",
        Map.of("decision", decision, "id", pattern));
  }

  void recommend(TestRunId run, int position, String test) {
    write(
        """
        insert into recommended_test (project_id, test_run_id, position, test_case_id, test_name,
          reason, confidence_score)
        values (:project, :run, :position, :test, :name, 'Failed before', 0.7)
        """,
        Map.of("run", run, "position", position, "test", test(test), "name", test));
  }

  private Instant minutesBefore(long minutes) {
    return now.minusSeconds(minutes * 60);
  }

  private void write(String sql, Map<String, ?> values) {
    jdbi.useHandle(
        handle -> handle.createUpdate(sql).bind("project", project).bindMap(values).execute());
  }
}
