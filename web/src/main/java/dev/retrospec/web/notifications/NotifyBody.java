package dev.retrospec.web.notifications;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.RunReport;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.Origin;
import dev.retrospec.notifications.RunReport.Outcome;
import dev.retrospec.notifications.RunReport.RecommendedTest;
import dev.retrospec.notifications.RunReport.SimilarPattern;
import dev.retrospec.notifications.RunReport.SnapshotLinks;
import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code POST /notify}. */
public record NotifyBody(
    @Nullable String testRunId,
    @Nullable String status,
    @Nullable String commitHash,
    @Nullable String author,
    @Nullable String branch,
    @Nullable Integer prNumber,
    @Nullable String repository,
    @Nullable String job,
    @Nullable List<@Nullable FailedTestFields> failedTests,
    @Nullable SnapshotUrls snapshotUrls,
    @Nullable List<@Nullable SimilarPatternFields> similarPatterns,
    @Nullable List<@Nullable RecommendedTestFields> recommendedTests,
    @Nullable String analysis,
    @Nullable String gitDiff) {

  /** One failure. */
  public record FailedTestFields(
      @Nullable String testName, @Nullable String errorMessage, @Nullable String stackTrace) {}

  /** As {@code POST /snapshot/create} named them. */
  public record SnapshotUrls(
      @Nullable String screenshot,
      @Nullable String htmlDump,
      @Nullable String har,
      @Nullable String consoleLogs) {}

  /** As {@code POST /test-runs} answers them, or as {@code GET /patterns/search} does. */
  public record SimilarPatternFields(
      @Nullable String patternId,
      @Nullable String id,
      @Nullable Double similarity,
      @Nullable String summary,
      @Nullable Integer occurrenceCount,
      @Nullable Instant lastSeen,
      @Nullable PatternFields pattern) {}

  /** The pattern itself. */
  public record PatternFields(
      @Nullable String summary, @Nullable Integer occurrenceCount, @Nullable Instant lastSeen) {}

  /** A test worth running. */
  public record RecommendedTestFields(
      @Nullable String testName, @Nullable String reason, @Nullable Double confidenceScore) {}

  /**
   * @throws InvalidRequest naming the first field that is missing or cannot be
   */
  RunReport report() {
    return new RunReport(
        new TestRunId(required("testRunId", testRunId)),
        outcome(),
        new Origin(
            required("commitHash", commitHash),
            required("branch", branch),
            required("author", author),
            repository,
            prNumber,
            job),
        null,
        present(failedTests).map(NotifyBody::test).toList(),
        snapshotUrls == null
            ? SnapshotLinks.NONE
            : new SnapshotLinks(
                snapshotUrls.screenshot(),
                snapshotUrls.htmlDump(),
                snapshotUrls.har(),
                snapshotUrls.consoleLogs()),
        present(similarPatterns).map(NotifyBody::pattern).toList(),
        present(recommendedTests).map(NotifyBody::recommended).toList(),
        analysis,
        gitDiff,
        null);
  }

  private Outcome outcome() {
    return switch (status == null ? "failed" : status) {
      case "failed" -> Outcome.FAILED;
      case "passed" -> Outcome.PASSED;
      default -> throw new InvalidRequest("status must be passed or failed");
    };
  }

  private static FailedTest test(FailedTestFields given) {
    return new FailedTest(
        required("failedTests.testName", given.testName()),
        Objects.requireNonNullElse(given.errorMessage(), ""),
        given.stackTrace(),
        null,
        null);
  }

  private static SimilarPattern pattern(SimilarPatternFields given) {
    PatternFields inner =
        given.pattern() == null ? new PatternFields(null, null, null) : given.pattern();
    String id = given.patternId() == null ? given.id() : given.patternId();
    String summary = given.summary() == null ? inner.summary() : given.summary();
    Integer count =
        given.occurrenceCount() == null ? inner.occurrenceCount() : given.occurrenceCount();
    return new SimilarPattern(
        id == null ? null : new PatternId(id),
        share("similarPatterns.similarity", given.similarity()),
        summary == null || summary.isBlank() ? "A similar failure" : summary,
        Math.max(1, Objects.requireNonNullElse(count, 1)),
        given.lastSeen() == null ? inner.lastSeen() : given.lastSeen(),
        null,
        null);
  }

  private static RecommendedTest recommended(RecommendedTestFields given) {
    return new RecommendedTest(
        required("recommendedTests.testName", given.testName()),
        Objects.requireNonNullElse(given.reason(), ""),
        share("recommendedTests.confidenceScore", given.confidenceScore()));
  }

  private static double share(String name, @Nullable Double given) {
    double share = Objects.requireNonNullElse(given, 0.0);
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidRequest(name + " must be between 0 and 1");
    }
    return share;
  }

  private static String required(String name, @Nullable String given) {
    if (given == null || given.isBlank()) {
      throw new InvalidRequest(name + " is missing");
    }
    return given;
  }

  private static <T> Stream<T> present(@Nullable List<@Nullable T> list) {
    return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
  }
}
