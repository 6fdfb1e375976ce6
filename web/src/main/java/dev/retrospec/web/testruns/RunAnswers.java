package dev.retrospec.web.testruns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.snapshots.SnapshotLinks;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.SnapshotUrls;
import dev.retrospec.testruns.TestRunLine;
import dev.retrospec.testruns.TestRunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What clients are answered; camelCase when a run is submitted, snake_case when it is read. */
final class RunAnswers {

  private RunAnswers() {}

  /**
   * {@code POST /test-runs}, and of a JUnit report.
   *
   * @param reportUrl the run's page; null when nobody told where people reach RetroSpec
   */
  record Processed(
      TestRunId testRunId,
      String status,
      RunStatus runStatus,
      List<RunAnswer.SimilarPattern> similarPatterns,
      List<RunAnswer.SimilarPattern> relatedPatterns,
      List<RunAnswer.RecommendedTest> recommendedTests,
      List<RunAnswer.Failure> failures,
      List<RunAnswer.ProductionIssue> productionIssues,
      @Nullable String analysis,
      @Nullable String reportUrl) {

    static Processed of(RunAnswer answer, RunStatus runStatus, @Nullable String reportUrl) {
      return new Processed(
          answer.testRunId(),
          "processed",
          runStatus,
          answer.similarPatterns(),
          answer.relatedPatterns(),
          answer.recommendedTests(),
          answer.failures(),
          answer.productionIssues(),
          answer.analysis(),
          reportUrl);
    }
  }

  /** One of {@code similarPatternsDetails}; its similarity is text, as in the first service. */
  record Detail(
      PatternId id,
      String similarity,
      String summary,
      int occurrenceCount,
      String why,
      @Nullable ClusterKey productionIssue) {}

  /**
   * {@code POST /api/v1/report}.
   *
   * @param vectorEmbeddingDimensions of what patterns are searched by
   * @param reportUrl the run's page; null when nobody told where people reach RetroSpec
   */
  record Reported(
      String status,
      TestRunId testRunId,
      @Nullable String analysis,
      int similarPatterns,
      List<Detail> similarPatternsDetails,
      List<RunAnswer.RecommendedTest> recommendedTests,
      List<RunAnswer.ProductionIssue> productionIssues,
      int vectorEmbeddingDimensions,
      String message,
      @Nullable String reportUrl) {

    private static final int DIMENSIONS = 1536;

    static Reported of(RunAnswer answer, @Nullable String reportUrl) {
      int found = answer.similarPatterns().size();
      return new Reported(
          "processed",
          answer.testRunId(),
          answer.analysis(),
          found,
          answer.similarPatterns().stream()
              .map(
                  one ->
                      new Detail(
                          one.patternId(),
                          String.format(Locale.ROOT, "%.1f%%", one.similarity() * 100),
                          one.summary(),
                          one.occurrenceCount(),
                          one.why(),
                          one.productionIssue()))
              .toList(),
          answer.recommendedTests(),
          answer.productionIssues(),
          DIMENSIONS,
          found == 0
              ? "Report stored; nothing like it was seen before"
              : "Report stored; " + found + " similar failure pattern" + (found == 1 ? "" : "s"),
          reportUrl);
    }
  }

  /** {@code GET /test-runs/{id}}. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Stored(
      TestRunId id,
      String commitHash,
      String branch,
      String author,
      Instant timestamp,
      RunStatus status,
      @Nullable String gitDiff,
      @Nullable Integer prNumber,
      String repository,
      String job,
      @Nullable String baseBranch,
      @Nullable String runUrl,
      @Nullable String reportUrl,
      @Nullable Long durationMs,
      int tests,
      int failed,
      int flaky,
      int skipped,
      @Nullable String analysis,
      String analysisStatus,
      @Nullable String analysedBy,
      List<FailedTest> failedTests,
      List<Snapshot> snapshots,
      List<SimilarPattern> similarPatterns,
      List<ProductionIssue> productionIssues,
      List<RecommendedTest> recommendedTests) {

    static Stored of(
        TestRunView run,
        List<SnapshotView> taken,
        SnapshotLinks links,
        @Nullable String reportUrl) {
      return new Stored(
          run.id(),
          run.commitHash(),
          run.branch(),
          run.author(),
          run.createdAt(),
          run.status(),
          run.gitDiff(),
          run.prNumber(),
          run.repository(),
          run.job(),
          run.baseBranch(),
          run.runUrl(),
          reportUrl,
          run.durationMs(),
          run.tests(),
          run.failed(),
          run.flaky(),
          run.skipped(),
          run.analysis(),
          run.analysisStatus(),
          run.analysedBy(),
          run.failedTests().stream().map(FailedTest::of).toList(),
          snapshots(run, taken, links),
          run.answer().similarPatterns().stream().map(SimilarPattern::of).toList(),
          run.answer().productionIssues().stream().map(ProductionIssue::of).toList(),
          run.answer().recommendedTests().stream().map(RecommendedTest::of).toList());
    }

    private static List<Snapshot> snapshots(
        TestRunView run, List<SnapshotView> taken, SnapshotLinks links) {
      List<Snapshot> snapshots = new ArrayList<>();
      for (SnapshotView one : taken) {
        if (one.isReady()) {
          SnapshotLinks.Links fresh = links.of(one);
          snapshots.add(
              new Snapshot(
                  one.id(),
                  fresh.screenshot(),
                  fresh.htmlDump(),
                  fresh.har(),
                  fresh.consoleLogs()));
        }
      }
      SnapshotUrls given = run.snapshotUrls();
      if (snapshots.isEmpty() && !given.equals(SnapshotUrls.NONE)) {
        snapshots.add(
            new Snapshot(
                null, given.screenshot(), given.htmlDump(), given.har(), given.consoleLogs()));
      }
      return snapshots;
    }
  }

  /** One of {@code failed_tests}. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record FailedTest(
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
      @Nullable PatternId patternId) {

    static FailedTest of(TestRunView.FailedTestView test) {
      return new FailedTest(
          test.id(),
          test.testName(),
          test.errorType(),
          test.errorMessage(),
          test.stackTrace(),
          test.isFlaky(),
          test.flakyScore(),
          test.isNewOnBranch(),
          test.firstBadCommit(),
          test.lastGoodCommit(),
          test.patternId());
    }
  }

  /** One of {@code snapshots}; without id when the submitter brought the links. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Snapshot(
      @Nullable SnapshotId id,
      @Nullable String screenshotUrl,
      @Nullable String htmlDumpUrl,
      @Nullable String harUrl,
      @Nullable String consoleLogsUrl) {}

  /** One of {@code similar_patterns}. */
  @JsonNaming(SnakeCaseStrategy.class)
  record SimilarPattern(
      PatternId patternId,
      double similarity,
      String summary,
      int occurrenceCount,
      String why,
      @Nullable ClusterKey productionIssue) {

    static SimilarPattern of(RunAnswer.SimilarPattern similar) {
      return new SimilarPattern(
          similar.patternId(),
          similar.similarity(),
          similar.summary(),
          similar.occurrenceCount(),
          similar.why(),
          similar.productionIssue());
    }
  }

  /** One of {@code production_issues}. */
  @JsonNaming(SnakeCaseStrategy.class)
  record ProductionIssue(
      ClusterKey key, String symptom, int users, int sessions, List<String> testNames) {

    static ProductionIssue of(RunAnswer.ProductionIssue issue) {
      return new ProductionIssue(
          issue.key(), issue.symptom(), issue.users(), issue.sessions(), issue.testNames());
    }
  }

  /** One of {@code recommended_tests}. */
  @JsonNaming(SnakeCaseStrategy.class)
  record RecommendedTest(String testName, String reason, double confidenceScore) {

    static RecommendedTest of(RunAnswer.RecommendedTest test) {
      return new RecommendedTest(test.testName(), test.reason(), test.confidenceScore());
    }
  }

  /** A line of {@code GET /test-runs}. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Line(
      TestRunId id,
      String commitHash,
      String branch,
      String author,
      Instant timestamp,
      RunStatus status,
      @Nullable Integer prNumber,
      String repository,
      String job,
      @Nullable Long durationMs,
      int tests,
      int failed,
      int flaky,
      int skipped) {

    static Line of(TestRunLine run) {
      return new Line(
          run.id(),
          run.commitHash(),
          run.branch(),
          run.author(),
          run.createdAt(),
          run.status(),
          run.prNumber(),
          run.repository(),
          run.job(),
          run.durationMs(),
          run.tests(),
          run.failed(),
          run.flaky(),
          run.skipped());
    }
  }

  /** {@code GET /test-runs}. */
  record RunList(List<Line> runs, @Nullable String nextCursor) {}
}
