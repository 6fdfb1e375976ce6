package dev.retrospec.testruns;

import dev.retrospec.patterns.Remembered;
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
    Remembered remembered,
    List<String> frameFiles) {

  RunAnswer.Failure told() {
    return new RunAnswer.Failure(
        result.name(),
        remembered.pattern(),
        remembered.isNew(),
        isFlaky,
        flakyScore,
        isNewOnBranch,
        streak == null ? null : streak.firstBadCommit(),
        streak == null ? null : streak.lastGoodCommit());
  }
}
