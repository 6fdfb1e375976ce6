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
import org.jspecify.annotations.Nullable;

/** Runs as they are read: snake_case, as the first service had it. */
final class StoredRuns {

  private StoredRuns() {}

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
