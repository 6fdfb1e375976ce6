package dev.retrospec.testruns;

import static dev.retrospec.testruns.ResultStatus.FAILED;
import static dev.retrospec.testruns.ResultStatus.PASSED;
import static dev.retrospec.testruns.RunDesk.nullTotal;
import static dev.retrospec.testruns.RunDesk.refused;
import static dev.retrospec.testruns.RunDesk.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a run says of a test against what was known of it: new on its branch, flaky, red since. */
class TestHistoryTest {

  private final RunDesk desk = new RunDesk();

  @Test
  void isNewOnABranchWhenTheBaseIsGreen() {
    desk.stored(run("c1").junit().test("a", PASSED));

    RunAnswer answer = desk.stored(run("c2").on("feature").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).isNewOnBranch()).isTrue();
    assertThat(answer.failures().get(0).firstBadCommit()).isEqualTo("c2");
  }

  @Test
  void isNotNewWhenTheBaseFailsToo() {
    desk.stored(run("c1").junit().test("a", PASSED));
    desk.stored(run("c2").junit().test("a", FAILED));

    RunAnswer answer = desk.stored(run("c3").on("feature").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).isNewOnBranch()).isFalse();
    assertThat(answer.failures().get(0).firstBadCommit()).isEqualTo("c2");
    assertThat(answer.failures().get(0).lastGoodCommit()).isEqualTo("c1");
  }

  @Test
  void whoNamesFailuresOnlySaysThatTheRestIsGreen() {
    desk.stored(run("c1").failing("a", refused(8080)).failing("b", nullTotal()));
    desk.stored(run("c2").failing("b", nullTotal()));

    RunAnswer answer =
        desk.stored(run("c3").on("feature").failing("a", refused(8080)).failing("b", nullTotal()));

    assertThat(answer.failures())
        .extracting(RunAnswer.Failure::isNewOnBranch)
        .containsExactly(true, false);
  }

  @Test
  void theFirstBadCommitStaysWhileATestIsRed() {
    desk.stored(run("c1").junit().test("a", PASSED));
    desk.stored(run("c2").junit().test("a", FAILED));
    desk.stored(run("c3").junit().test("b", PASSED));

    RunAnswer answer = desk.stored(run("c4").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).firstBadCommit()).isEqualTo("c2");
    assertThat(answer.failures().get(0).lastGoodCommit()).isEqualTo("c1");
    assertThat(answer.failures().get(0).isNewOnBranch()).isFalse();
  }

  @Test
  void beginsAnewAfterAGreenRun() {
    desk.stored(run("c1").junit().test("a", FAILED));
    desk.stored(run("c2").junit().test("a", PASSED));

    RunAnswer answer = desk.stored(run("c3").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).firstBadCommit()).isEqualTo("c3");
    assertThat(answer.failures().get(0).lastGoodCommit()).isEqualTo("c2");
  }

  @Test
  void aRunThatBrokeOffSaysNothingOfItsTests() {
    desk.stored(run("c1").failing("a", refused(8080)));
    desk.stored(run("c2").broken());

    RunAnswer answer = desk.stored(run("c3").failing("a", refused(8080)));

    assertThat(answer.failures().get(0).firstBadCommit()).isEqualTo("c1");
  }

  @Test
  void isFlakyWhenARerunIsGreen() {
    RunAnswer answer = desk.stored(run("c1").junit().test("a", FAILED, PASSED));

    assertThat(answer.failures().get(0).isFlaky()).isTrue();
    assertThat(desk.find(answer.testRunId()).status()).isEqualTo(RunStatus.PASSED);
  }

  @Test
  void isFlakyWhenTheSameCodeWasGreenBefore() {
    desk.stored(run("c1").junit().test("a", PASSED));

    RunAnswer answer = desk.stored(run("c1").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).isFlaky()).isTrue();
    assertThat(answer.failures().get(0).flakyScore()).isEqualTo(0.5);
  }

  @Test
  void wasFlakyWhenTheSameCodeIsGreenAfterwards() {
    RunAnswer red = desk.stored(run("c1").junit().test("a", FAILED));
    desk.stored(run("c1").junit().test("a", PASSED));

    assertThat(desk.find(red.testRunId()).failedTests().get(0).isFlaky()).isTrue();
  }

  @Test
  void aMatrixIsNoFlakyTest() {
    desk.stored(run("c1").job("linux").junit().test("a", PASSED));

    RunAnswer answer = desk.stored(run("c1").job("windows").junit().test("a", FAILED));

    assertThat(answer.failures().get(0).isFlaky()).isFalse();
  }
}
