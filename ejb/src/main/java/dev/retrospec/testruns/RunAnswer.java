package dev.retrospec.testruns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the submitter of a run is told; kept, so that the same submission again is told the same.
 *
 * @param similarPatterns at or above the threshold, the most similar first
 * @param relatedPatterns below it, and worth a look
 * @param failures the red tests that were compared, in the order of the report
 * @param productionIssues that visitors meet for the same reason, the one with most users first
 * @param analysis Markdown; null for a run without failures
 */
public record RunAnswer(
    TestRunId testRunId,
    List<SimilarPattern> similarPatterns,
    List<SimilarPattern> relatedPatterns,
    List<RecommendedTest> recommendedTests,
    List<Failure> failures,
    List<ProductionIssue> productionIssues,
    @Nullable String analysis) {

  /** Of a run without failures. */
  static RunAnswer green(TestRunId run) {
    return new RunAnswer(run, List.of(), List.of(), List.of(), List.of(), List.of(), null);
  }

  /**
   * A failure that was seen before.
   *
   * @param similarity 0 to 1, calibrated: of such matches this share is right
   * @param testName the red test of this run that resembles it most
   * @param why what makes them alike, in words
   * @param productionIssue the same failure as visitors meet it
   */
  public record SimilarPattern(
      PatternId patternId,
      double similarity,
      String summary,
      int occurrenceCount,
      @Nullable Instant lastSeen,
      String testName,
      String why,
      @Nullable ClusterKey productionIssue) {}

  /**
   * A test that exists and is worth running.
   *
   * @param confidenceScore 0 to 1
   */
  public record RecommendedTest(String testName, String reason, double confidenceScore) {}

  /**
   * One red test.
   *
   * @param patternId null when the run had too many different failures to remember each
   * @param isNewOnBranch green on the base branch; null when nobody knows
   * @param flakyScore of its red runs so far, the share that was flaky; 0 to 1
   * @param firstBadCommit where it began to fail without a green run since
   */
  public record Failure(
      String testName,
      @Nullable PatternId patternId,
      boolean isNewPattern,
      boolean isFlaky,
      double flakyScore,
      @Nullable Boolean isNewOnBranch,
      @Nullable String firstBadCommit,
      @Nullable String lastGoodCommit) {}

  /**
   * An issue of production that is the same failure as tests of this run show.
   *
   * @param users distinct visitors that have met it
   * @param sessions with a replay of it
   * @param testNames red tests that show it
   */
  public record ProductionIssue(
      ClusterKey key, String symptom, int users, int sessions, List<String> testNames) {

    public ProductionIssue {
      testNames = List.copyOf(testNames);
    }
  }

  public RunAnswer {
    similarPatterns = List.copyOf(similarPatterns);
    relatedPatterns = List.copyOf(relatedPatterns);
    recommendedTests = List.copyOf(recommendedTests);
    failures = List.copyOf(failures);
    productionIssues = List.copyOf(productionIssues);
  }
}
