package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What went red in runs, and which remembered failures it resembles. */
@ApplicationScoped
public class FailedTests {

  /** Rows travel as one JSON text: they hold arrays, and texts in which any separator may occur. */
  private static final String ADD =
      """
      insert into failed_test
        (project_id, test_run_id, test_case_id, position, test_name, error_type, error_message,
         stack_trace, output, frame_files, attachments, is_flaky, flaky_score, is_new_on_branch,
         first_bad_commit, first_bad_run, first_bad_author, first_bad_at, last_good_commit,
         pattern_id, pattern_is_new)
      select :project, :run, r.test_case_id, r.position, r.test_name, r.error_type,
             r.error_message, r.stack_trace, r.output, r.frame_files, r.attachments, r.is_flaky,
             r.flaky_score, r.is_new_on_branch, r.first_bad_commit, r.first_bad_run,
             r.first_bad_author, r.first_bad_at, r.last_good_commit, r.pattern_id, r.pattern_is_new
      from jsonb_to_recordset(cast(:rows as jsonb)) as r
        (test_case_id bigint, position integer, test_name text, error_type text,
         error_message text, stack_trace text, output text, frame_files text[], attachments jsonb,
         is_flaky boolean, flaky_score float8, is_new_on_branch boolean, first_bad_commit text,
         first_bad_run text, first_bad_author text, first_bad_at timestamptz,
         last_good_commit text, pattern_id text, pattern_is_new boolean)
      order by r.position
      returning id, test_case_id
      """;

  private static final String ADD_MATCHES =
      """
      insert into pattern_match
        (project_id, test_run_id, failed_test_id, pattern_id, similarity, why)
      select :project, :run, m.failed, m.pattern, m.similarity, cast(m.why as jsonb)
      from unnest(:failed, :patterns, :similarities, :whys)
        as m(failed, pattern, similarity, why)
      on conflict do nothing
      """;

  /** Rows of one statement; a JSON text of ten thousand long stacks would not fit the heap. */
  private static final int BATCH = 1_000;

  private final Jdbi jdbi;

  @Inject
  public FailedTests(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected FailedTests() {
    this.jdbi = null;
  }

  /** The names are those of the columns. */
  private record Row(
      long test_case_id,
      int position,
      String test_name,
      @Nullable String error_type,
      String error_message,
      @Nullable String stack_trace,
      @Nullable String output,
      List<String> frame_files,
      List<TestResult.Attachment> attachments,
      boolean is_flaky,
      double flaky_score,
      @Nullable Boolean is_new_on_branch,
      @Nullable String first_bad_commit,
      @Nullable String first_bad_run,
      @Nullable String first_bad_author,
      @Nullable String first_bad_at,
      @Nullable String last_good_commit,
      @Nullable String pattern_id,
      boolean pattern_is_new) {

    static Row of(RedTest red, int position) {
      FailingTests.Streak streak = red.streak();
      return new Row(
          red.caseId(),
          position,
          red.result().name(),
          red.failure().type(),
          red.failure().message(),
          red.failure().stack(),
          red.result().output(),
          red.frameFiles(),
          red.result().attachments(),
          red.isFlaky(),
          red.flakyScore(),
          red.isNewOnBranch(),
          streak == null ? null : streak.firstBadCommit(),
          streak == null ? null : streak.firstBadRun().value(),
          streak == null ? null : streak.firstBadAuthor(),
          streak == null ? null : streak.firstBadAt().toString(),
          streak == null ? null : streak.lastGoodCommit(),
          red.pattern() == null ? null : red.pattern().value(),
          red.told().isNewPattern());
    }
  }

  /** Writes red tests and what they resemble, a thousand with each statement. */
  void add(ProjectId project, TestRunId run, List<RedTest> reds) {
    for (int from = 0; from < reds.size(); from += BATCH) {
      addBatch(project, run, reds.subList(from, Math.min(reds.size(), from + BATCH)), from);
    }
  }

  private void addBatch(ProjectId project, TestRunId run, List<RedTest> reds, int first) {
    List<Row> rows = new ArrayList<>(reds.size());
    for (RedTest red : reds) {
      rows.add(Row.of(red, first + rows.size()));
    }
    Map<Long, Long> ids = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(ADD)
                .bind("project", project)
                .bind("run", run)
                .bind("rows", Json.write(rows))
                .map((row, context) -> ids.put(row.getLong("test_case_id"), row.getLong("id")))
                .forEach(ignored -> {}));
    addMatches(project, run, reds, ids);
  }

  private void addMatches(
      ProjectId project, TestRunId run, List<RedTest> reds, Map<Long, Long> ids) {
    List<Long> failed = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    List<Double> similarities = new ArrayList<>();
    List<String> whys = new ArrayList<>();
    Map<Object, String> written = new HashMap<>();
    for (RedTest red : reds) {
      for (SimilarPattern similar : red.similar()) {
        failed.add(ids.get(red.caseId()));
        patterns.add(similar.patternId().value());
        similarities.add(similar.similarity());
        whys.add(written.computeIfAbsent(similar.why(), Json::write));
      }
    }
    if (failed.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD_MATCHES)
                .bind("project", project)
                .bind("run", run)
                .bindArray("failed", Long.class, failed)
                .bindArray("patterns", String.class, patterns)
                .bindArray("similarities", Double.class, similarities)
                .bindArray("whys", String.class, whys)
                .execute());
  }
}
