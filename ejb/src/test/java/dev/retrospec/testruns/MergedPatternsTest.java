package dev.retrospec.testruns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.PatternMerged;
import dev.retrospec.testing.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class MergedPatternsTest {

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final ProjectId project = TestDatabase.get().newProject();
  private final TestRunId run = TestRunId.mint();
  private final PatternId gone = PatternId.mint();
  private final PatternId into = PatternId.mint();

  @Test
  void storedRunsNameThePatternThatTookOver() {
    write(
        "insert into test_run (project_id, id, commit_hash, branch, author, status, source,"
            + " only_failures, content_hash, created_at)"
            + " values (?, ?, 'c', 'main', 'ada', 'failed', 'api', true, 'h', now())",
        project.value(),
        run.value());
    failed("one", gone, gone, into);
    failed("other", gone, gone);
    failed("third", into, into);

    new MergedPatterns(jdbi).merged(new PatternMerged(project, gone, into));

    assertThat(patterns("select pattern_id from failed_test where project_id = ?"))
        .containsOnly(into.value());
    assertThat(patterns("select pattern_id from pattern_match where project_id = ?"))
        .hasSize(3)
        .containsOnly(into.value());
  }

  private void failed(String test, PatternId pattern, PatternId... matches) {
    write(
        "insert into test_case (project_id, name, first_seen, last_seen)"
            + " values (?, ?, now(), now())",
        project.value(),
        test);
    write(
        "insert into failed_test (project_id, test_run_id, test_case_id, position, test_name,"
            + " error_message, pattern_id)"
            + " select project_id, ?, id, 1, name, 'boom', ? from test_case"
            + " where project_id = ? and name = ?",
        run.value(),
        pattern.value(),
        project.value(),
        test);
    for (PatternId match : matches) {
      write(
          "insert into pattern_match (project_id, test_run_id, failed_test_id, pattern_id,"
              + " similarity, why)"
              + " select project_id, test_run_id, id, ?, 0.9, '{}' from failed_test"
              + " where project_id = ? and test_name = ?",
          match.value(),
          project.value(),
          test);
    }
  }

  private List<String> patterns(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, project.value()).mapTo(String.class).list());
  }

  private void write(String sql, Object... values) {
    jdbi.useHandle(handle -> handle.execute(sql, values));
  }
}
