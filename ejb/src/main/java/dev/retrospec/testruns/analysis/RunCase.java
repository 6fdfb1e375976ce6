package dev.retrospec.testruns.analysis;

import dev.retrospec.recommendations.ChangedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis has to go by.
 *
 * @param baseBranch what the branch is compared with; null when nothing is
 * @param failures all red tests, in the order of the report
 * @param issues the same failures in production, the one with most users first
 * @param similar the failures of the past, the most similar first
 * @param recommended names of tests to run, the most useful first
 */
public record RunCase(
    String branch,
    @Nullable String baseBranch,
    List<Failure> failures,
    List<ChangedFile> changed,
    List<Past> similar,
    List<Issue> issues,
    List<String> recommended) {

  /**
   * A red test.
   *
   * @param pattern tests with the same one show the same failure
   * @param isNewOnBranch null when nobody knows
   * @param frameFiles base names of the files its stack runs through, the topmost first
   */
  public record Failure(
      String testName,
      String message,
      String pattern,
      boolean isNewPattern,
      boolean isFlaky,
      double flakyScore,
      @Nullable Boolean isNewOnBranch,
      @Nullable String firstBadCommit,
      @Nullable String lastGoodCommit,
      List<String> frameFiles) {

    public Failure {
      frameFiles = List.copyOf(frameFiles);
    }
  }

  /**
   * A failure of the past.
   *
   * @param pattern as in {@link Failure#pattern}
   * @param decision what people decided about it: {@code flaky}, {@code product_bug} …
   */
  public record Past(
      String pattern,
      double similarity,
      String summary,
      int occurrences,
      @Nullable String decision,
      @Nullable String note,
      @Nullable Fix fix) {}

  /** Visitors meet the same failure. */
  public record Issue(String key, String symptom, int users, int sessions) {}

  /**
   * With what it went green the last time.
   *
   * @param files that commit's change touched
   */
  public record Fix(String commit, String author, String testName, List<String> files) {

    public Fix {
      files = List.copyOf(files);
    }
  }

  public RunCase {
    failures = List.copyOf(failures);
    changed = List.copyOf(changed);
    similar = List.copyOf(similar);
    issues = List.copyOf(issues);
    recommended = List.copyOf(recommended);
  }
}
