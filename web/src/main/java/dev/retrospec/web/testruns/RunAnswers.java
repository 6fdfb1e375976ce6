package dev.retrospec.web.testruns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a submitter of a run is answered; camelCase, as it was submitted. */
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
}
