package dev.retrospec.testruns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that is known of it.
 *
 * @param tests 0 when the submitter named failures only
 * @param failedTests in the order of the report; the first ones of very many
 * @param answer what the submitter was told
 * @param analysis Markdown
 */
public record TestRunView(
    ProjectId projectId,
    TestRunId id,
    String repository,
    String commitHash,
    String branch,
    String job,
    @Nullable String baseBranch,
    String author,
    RunStatus status,
    @Nullable Integer prNumber,
    @Nullable String gitDiff,
    RunSource source,
    @Nullable String runUrl,
    SnapshotUrls snapshotUrls,
    @Nullable Long durationMs,
    int tests,
    int failed,
    int flaky,
    int skipped,
    @Nullable String analysis,
    String analysisStatus,
    @Nullable String analysedBy,
    Instant createdAt,
    List<FailedTestView> failedTests,
    RunAnswer answer) {

  public TestRunView {
    failedTests = List.copyOf(failedTests);
  }

  /** One red test. */
  public record FailedTestView(
      long id,
      String testName,
      @Nullable String errorType,
      String errorMessage,
      @Nullable String stackTrace,
      boolean isFlaky,
      double flakyScore,
      @Nullable Boolean isNewOnBranch,
      @Nullable String firstBadCommit,
      @Nullable String lastGoodCommit,
      @Nullable PatternId patternId) {}
}
