package dev.retrospec.testruns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.patterns.Remembered;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.testruns.FailingTests.Streak;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that went red in a run, and what is known of it.
 *
 * @param caseId in the catalogue
 * @param isFlaky green in another try of the same code
 * @param flakyScore of its red runs so far, the share that was flaky
 * @param isNewOnBranch null when nobody knows
 * @param streak null for a flaky one
 * @param remembered null when the run had too many different failures for the memory
 * @param frameFiles base names of the files in its own frames
 */
record RedTest(
    long caseId,
    TestResult result,
    TestResult.Failure failure,
    boolean isFlaky,
    double flakyScore,
    @Nullable Boolean isNewOnBranch,
    @Nullable Streak streak,
    @Nullable Remembered remembered,
    List<String> frameFiles) {

  List<SimilarPattern> similar() {
    return remembered == null ? List.of() : remembered.similar();
  }

  List<ClusterKey> issues() {
    return remembered == null ? List.of() : remembered.issues();
  }

  @Nullable PatternId pattern() {
    return remembered == null ? null : remembered.pattern();
  }

  /** Equal for tests that show the same failure. */
  String failureKey() {
    return remembered == null ? "test " + caseId : remembered.pattern().value();
  }

  RunAnswer.Failure told() {
    return new RunAnswer.Failure(
        result.name(),
        pattern(),
        remembered != null && remembered.isNew(),
        isFlaky,
        flakyScore,
        isNewOnBranch,
        streak == null ? null : streak.firstBadCommit(),
        streak == null ? null : streak.lastGoodCommit());
  }
}
