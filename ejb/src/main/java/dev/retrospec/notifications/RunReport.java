package dev.retrospec.notifications;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell about one run of tests. Every channel makes its own words of it.
 *
 * @param figures null when only the failures are known
 * @param failedTests the worst first; no need to cut it, {@link RunMessages} does
 * @param similarPatterns the most similar first
 * @param recommendedTests the most promising first
 * @param analysis Markdown; null when there is none (yet)
 * @param gitDiff a unified diff
 * @param reportUrl the run's page; null: it is made of {@code RETROSPEC_PUBLIC_URL}
 */
public record RunReport(
    TestRunId runId,
    Outcome outcome,
    Origin origin,
    @Nullable Figures figures,
    List<FailedTest> failedTests,
    SnapshotLinks snapshots,
    List<SimilarPattern> similarPatterns,
    List<RecommendedTest> recommendedTests,
    @Nullable String analysis,
    @Nullable String gitDiff,
    @Nullable String reportUrl) {

  /** From here on the analysis has no room in a chat. The number is the requirements'. */
  public static final int LONG_ANALYSIS = 500;

  /**
   * From here on a pull request's comment (65,536 characters with all of its marks) is too short.
   */
  private static final int LONG_FAILURES = 40_000;

  /** Decisions about a pattern after which nobody is surprised by it. */
  private static final Set<String> EXPECTED = Set.of("known", "flaky");

  /** How a run ended. */
  public enum Outcome {
    PASSED,
    FAILED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whose run it is.
   *
   * @param author often an e-mail address, and then told by e-mail
   * @param repository {@code owner/name}
   * @param job which of the CI's jobs; null when it has no name
   */
  public record Origin(
      String commitHash,
      String branch,
      String author,
      @Nullable String repository,
      @Nullable Integer prNumber,
      @Nullable String job) {}

  /** The run in numbers. */
  public record Figures(int tests, int failed, int flaky, int skipped, long durationMs) {}

  /**
   * One failure.
   *
   * @param isNewOnBranch whether the base branch does not have it; null when nobody knows
   * @param decision what people decided about its pattern: {@code flaky}, {@code product_bug} …
   */
  public record FailedTest(
      String testName,
      String errorMessage,
      @Nullable String stackTrace,
      @Nullable Boolean isNewOnBranch,
      @Nullable String decision) {

    private boolean isExpected() {
      return decision != null && EXPECTED.contains(decision);
    }
  }

  /** Where the snapshots can be seen; each may be missing. */
  public record SnapshotLinks(
      @Nullable String screenshot,
      @Nullable String htmlDump,
      @Nullable String har,
      @Nullable String consoleLogs) {

    public static final SnapshotLinks NONE = new SnapshotLinks(null, null, null, null);
  }

  /**
   * A failure of the past.
   *
   * @param similarity 0 to 1
   * @param decision what people decided about it: {@code flaky}, {@code product_bug} …
   * @param issue the same failure in production
   */
  public record SimilarPattern(
      @Nullable PatternId patternId,
      double similarity,
      String summary,
      int occurrenceCount,
      @Nullable Instant lastSeen,
      @Nullable String decision,
      @Nullable ProductionIssue issue) {}

  /** Visitors have met it too. */
  public record ProductionIssue(ClusterKey key, String symptom, int users, int sessions) {}

  /**
   * A test worth running.
   *
   * @param confidenceScore 0 to 1
   */
  public record RecommendedTest(String testName, String reason, double confidenceScore) {}

  public RunReport {
    failedTests = List.copyOf(failedTests);
    similarPatterns = List.copyOf(similarPatterns);
    recommendedTests = List.copyOf(recommendedTests);
  }

  /** Of all failures, also of those that are not listed. */
  @JsonIgnore
  public int failedCount() {
    return figures == null ? failedTests.size() : Math.max(figures.failed(), failedTests.size());
  }

  /** Whether people have decided that each of the failures is known or flaky. */
  @JsonIgnore
  public boolean isExpected() {
    return !failedTests.isEmpty()
        && failedTests.size() == failedCount()
        && failedTests.stream().allMatch(FailedTest::isExpected);
  }

  /** Whether a chat message or a comment has room for all of it. */
  @JsonIgnore
  public boolean isLong() {
    return (analysis != null && analysis.length() > LONG_ANALYSIS)
        || failedTests.stream().mapToLong(RunReport::length).sum() > LONG_FAILURES;
  }

  /** This report, of a run that names its repository. */
  RunReport in(String repository) {
    return new RunReport(
        runId,
        outcome,
        new Origin(
            origin.commitHash(),
            origin.branch(),
            origin.author(),
            repository,
            origin.prNumber(),
            origin.job()),
        figures,
        failedTests,
        snapshots,
        similarPatterns,
        recommendedTests,
        analysis,
        gitDiff,
        reportUrl);
  }

  /**
   * This report, and where it says nothing, what an earlier one about the same run said: whoever
   * knows less must not make the others forget.
   */
  RunReport filledFrom(RunReport earlier) {
    if (!earlier.runId.equals(runId) || earlier.outcome != outcome) {
      return this;
    }
    SnapshotLinks old = earlier.snapshots;
    return new RunReport(
        runId,
        outcome,
        new Origin(
            origin.commitHash(),
            origin.branch(),
            origin.author(),
            first(origin.repository(), earlier.origin.repository()),
            first(origin.prNumber(), earlier.origin.prNumber()),
            first(origin.job(), earlier.origin.job())),
        first(figures, earlier.figures),
        failedTests.isEmpty() ? earlier.failedTests : failedTests,
        new SnapshotLinks(
            first(snapshots.screenshot(), old.screenshot()),
            first(snapshots.htmlDump(), old.htmlDump()),
            first(snapshots.har(), old.har()),
            first(snapshots.consoleLogs(), old.consoleLogs())),
        similarPatterns.isEmpty()
            ? earlier.similarPatterns
            : similarPatterns.stream().map(earlier::filled).toList(),
        recommendedTests.isEmpty() ? earlier.recommendedTests : recommendedTests,
        first(analysis, earlier.analysis),
        first(gitDiff, earlier.gitDiff),
        first(reportUrl, earlier.reportUrl));
  }

  private SimilarPattern filled(SimilarPattern pattern) {
    return similarPatterns.stream()
        .filter(old -> pattern.patternId() != null && pattern.patternId().equals(old.patternId()))
        .findFirst()
        .map(
            old ->
                new SimilarPattern(
                    pattern.patternId(),
                    pattern.similarity(),
                    pattern.summary().isBlank() ? old.summary() : pattern.summary(),
                    Math.max(pattern.occurrenceCount(), old.occurrenceCount()),
                    first(pattern.lastSeen(), old.lastSeen()),
                    first(pattern.decision(), old.decision()),
                    first(pattern.issue(), old.issue())))
        .orElse(pattern);
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  private static long length(FailedTest test) {
    String stack = test.stackTrace();
    return test.testName().length()
        + test.errorMessage().length()
        + (stack == null ? 0 : stack.length());
  }
}
