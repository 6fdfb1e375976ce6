package dev.retrospec.testruns;

import static dev.retrospec.testruns.ResultStatus.FAILED;
import static dev.retrospec.testruns.ResultStatus.PASSED;
import static dev.retrospec.testruns.ResultStatus.SKIPPED;
import static dev.retrospec.testruns.RunDesk.nullTotal;
import static dev.retrospec.testruns.RunDesk.refused;
import static dev.retrospec.testruns.RunDesk.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.testing.CountingStatements;
import dev.retrospec.testruns.TestResult.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.Test;

class TestRunIntakeTest {

  private final RunDesk desk = new RunDesk();

  @Test
  void theSecondFailureFindsTheFirst() {
    desk.stored(run("c1").failing("LoginFlowTest.signsIn", refused(8080)));

    RunAnswer second = desk.stored(run("c2").failing("LoginFlowTest.signsIn", refused(9191)));

    assertThat(second.similarPatterns()).hasSize(1);
    assertThat(second.similarPatterns().get(0).similarity()).isGreaterThanOrEqualTo(0.85);
    assertThat(second.similarPatterns().get(0).occurrenceCount()).isEqualTo(1);
    assertThat(second.failures().get(0).isNewPattern()).isFalse();
  }

  @Test
  void anUnlikeFailureFindsNothing() {
    desk.stored(run("c1").failing("LoginFlowTest.signsIn", refused(8080)));

    RunAnswer other = desk.stored(run("c2").failing("CheckoutTest.showsTheTotal", nullTotal()));

    assertThat(other.similarPatterns()).isEmpty();
    assertThat(other.failures().get(0).isNewPattern()).isTrue();
  }

  @Test
  void theSameRunAgainIsToldTheSame() {
    NewTestRun submitted =
        run("c1").id(TestRunId.mint()).failing("LoginFlowTest.signsIn", refused(8080)).build();

    TestRunOutcome first = desk.accept(submitted);
    TestRunOutcome again = desk.accept(submitted);

    assertThat(((TestRunOutcome.Repeated) again).answer())
        .isEqualTo(((TestRunOutcome.Stored) first).answer());
    assertThat(desk.queries.list(desk.project, all()).items()).hasSize(1);
  }

  @Test
  void anIdempotencyKeyDoesTheSameAsAnId() {
    NewTestRun submitted = run("c1").key("job-7").failing("t", refused(8080)).build();

    desk.accept(submitted);

    assertThat(desk.accept(submitted)).isInstanceOf(TestRunOutcome.Repeated.class);
    assertThat(desk.accept(run("c2").key("job-7").failing("t", refused(8080)).build()))
        .isInstanceOf(TestRunOutcome.OtherContent.class);
  }

  @Test
  void anIdWithOtherContentIsRefused() {
    TestRunId id = TestRunId.mint();
    desk.accept(run("c1").id(id).failing("t", refused(8080)).build());

    assertThat(desk.accept(run("c1").id(id).failing("t", nullTotal()).build()))
        .isInstanceOf(TestRunOutcome.OtherContent.class);
  }

  @Test
  void anotherProjectMayUseTheSameId() {
    TestRunId id = TestRunId.mint();
    RunDesk other = new RunDesk();

    desk.accept(run("c1").id(id).failing("t", refused(8080)).build());
    TestRunOutcome theirs = other.accept(run("c1").id(id).failing("t", refused(8080)).build());

    assertThat(((TestRunOutcome.Stored) theirs).answer().similarPatterns())
        .as("what one project has seen is nothing to another")
        .isEmpty();
  }

  @Test
  void storesAGreenRun() {
    RunAnswer answer = desk.stored(run("c1").changing("src/login.ts"));

    TestRunView stored = desk.find(answer.testRunId());
    assertThat(stored.status()).isEqualTo(RunStatus.PASSED);
    assertThat(stored.gitDiff()).contains("src/login.ts");
    assertThat(stored.failedTests()).isEmpty();
  }

  @Test
  void countsWhatAReportNames() {
    RunAnswer answer =
        desk.stored(
            run("c1")
                .junit()
                .test("a", PASSED)
                .test("b", FAILED)
                .test("c", FAILED, PASSED)
                .test("d", SKIPPED));

    TestRunView stored = desk.find(answer.testRunId());
    assertThat(List.of(stored.tests(), stored.failed(), stored.flaky(), stored.skipped()))
        .containsExactly(4, 1, 1, 1);
  }

  @Test
  void recommendsATestThatFailedWhenTheFileChangedBefore() {
    desk.stored(
        run("c0")
            .junit()
            .test("CartTest.adds", PASSED)
            .test("AuthTest.logsIn", PASSED)
            .test("MailTest.sends", PASSED));
    desk.stored(
        run("c1").on("one").changing("src/auth/session.ts").failing("AuthTest.logsIn", refused(1)));

    RunAnswer answer =
        desk.stored(
            run("c2")
                .on("two")
                .changing("src/auth/session.ts")
                .failing("CartTest.adds", nullTotal()));

    assertThat(answer.recommendedTests())
        .extracting(RunAnswer.RecommendedTest::testName)
        .contains("AuthTest.logsIn", "CartTest.adds")
        .doesNotContain("MailTest.sends");
    assertThat(answer.recommendedTests())
        .filteredOn(test -> test.testName().equals("AuthTest.logsIn"))
        .singleElement()
        .satisfies(test -> assertThat(test.reason()).contains("src/auth/session.ts"));
  }

  @Test
  void recommendsOnlyTestsThatExist() {
    RunAnswer answer =
        desk.stored(run("c1").changing("src/api/client.ts").failing("test_api", refused(1)));

    assertThat(answer.recommendedTests())
        .extracting(RunAnswer.RecommendedTest::testName)
        .containsExactly("test_api");
  }

  @Test
  void tellsWhatHelpedTheLastTime() {
    desk.stored(run("c1").failing("LoginFlowTest.signsIn", refused(8080)));
    desk.stored(run("c2").changing("src/auth/AuthClient.java"));

    RunAnswer answer =
        desk.stored(
            run("c3")
                .changing("src/auth/LoginFlow.java")
                .failing("LoginFlowTest.signsIn", refused(9000)));

    assertThat(answer.analysis())
        .contains("went green with `c2`")
        .contains("`src/auth/AuthClient.java`")
        .contains("Its stack runs through `src/auth/LoginFlow.java`, which this change touches");
  }

  @Test
  void takesSecretsOutBeforeItStores() {
    Failure leaky =
        new Failure(
            null,
            "401 for Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
            "at call (client.ts:1:1) mail ada.lovelace@example.test");

    RunAnswer answer = desk.stored(run("c1").failing("t", leaky));

    TestRunView.FailedTestView stored = desk.find(answer.testRunId()).failedTests().get(0);
    assertThat(stored.errorMessage()).doesNotContain("eyJhbGci");
    assertThat(stored.stackTrace()).doesNotContain("ada.lovelace");
  }

  @Test
  void takesSecretsOutOfNamesDiffsAndLinks() {
    RunAnswer answer =
        desk.stored(
            run("c1")
                .diff("+DB_PASSWORD=hunter2\n+ x: \"xoxb-1234567890-abcdefghij\"\n")
                .failing("login(password=hunter2)", refused(1))
                .failing("login(password=hunter3)", refused(2)));

    TestRunView stored = desk.find(answer.testRunId());
    assertThat(stored.gitDiff()).isEqualTo("+DB_PASSWORD=[secret]\n+ x: \"[secret]\"\n");
    assertThat(stored.failedTests())
        .extracting(TestRunView.FailedTestView::testName)
        .containsExactlyInAnyOrder("login(password=[secret])", "login(password=[secret]) (2)");
  }

  /** The message is cut after 8,000 characters; a half of the token would not be recognised. */
  @Test
  void noHalfOfASecretIsLeftAtTheCut() {
    String message = "x ".repeat(3_990) + "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    RunAnswer answer = desk.stored(run("c1").failing("t", new Failure(null, message, null)));

    assertThat(desk.find(answer.testRunId()).failedTests().get(0).errorMessage())
        .doesNotContain("ghp_");
  }

  @Test
  void aRunOfFiveThousandFailuresNeedsFewStatements() {
    RunDesk.Submission large = run("c1").junit();
    for (int i = 0; i < 5_000; i++) {
      large.test("suite" + i % 50 + ".test" + i, FAILED);
    }

    List<String> statements = new ArrayList<>();
    desk.database.jdbi().setSqlLogger(new CountingStatements(statements));
    try {
      desk.stored(large);
    } finally {
      desk.database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }

    assertThat(statements).hasSizeLessThan(80);
  }

  @Test
  void tellsTheChannelsOfARedRun() {
    RunDesk told = new RunDesk("SLACK_WEBHOOK_URL", "https://hooks.slack.test/x");

    RunAnswer answer = told.stored(run("c1").failing("t", refused(8080)));
    RunAnswer quiet = told.stored(run("c2").quietly().failing("t", refused(8080)));

    assertThat(told.messages.notifications.ofRun(told.project, answer.testRunId())).hasSize(1);
    assertThat(told.messages.notifications.ofRun(told.project, quiet.testRunId())).isEmpty();
  }

  @Test
  void forgetsRunsWhoseTimeIsOver() {
    RunAnswer old = desk.stored(run("c1").failing("t", refused(8080)));
    desk.clock.pass(Duration.ofDays(31));
    RunAnswer young = desk.stored(run("c2").failing("t", refused(8080)));

    desk.data.sweep(desk.clock.instant());

    assertThat(desk.queries.find(desk.project, old.testRunId())).isEmpty();
    assertThat(desk.queries.find(desk.project, young.testRunId())).isPresent();
  }

  @Test
  void forgetsAllThatIsOverInOneSweep() {
    RunAnswer old = desk.stored(run("c1").failing("t", refused(8080)));
    desk.database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into test_run
                    select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
                    from test_run r, generate_series(1, 450) where r.project_id = ?
                    """,
                    desk.project));
    desk.clock.pass(Duration.ofDays(31));

    desk.data.sweep(desk.clock.instant());

    assertThat(desk.queries.list(desk.project, all()).items()).isEmpty();
    assertThat(desk.queries.find(desk.project, old.testRunId())).isEmpty();
  }

  @Test
  void aJobThatDiedHalfWayIsRedThoughItsReportsAreGreen() {
    RunDesk told = new RunDesk("SLACK_WEBHOOK_URL", "https://hooks.slack.test/x");

    RunAnswer answer = told.stored(run("c1").junit().test("a", PASSED).broken());

    assertThat(told.find(answer.testRunId()).status()).isEqualTo(RunStatus.FAILED);
    assertThat(told.messages.notifications.ofRun(told.project, answer.testRunId())).hasSize(1);
  }

  @Test
  void listsRunsPieceByPiece() {
    for (int i = 0; i < 5; i++) {
      desk.stored(run("c" + i).on(i % 2 == 0 ? "main" : "feature").failing("t", refused(8080)));
    }

    var first = desk.queries.list(desk.project, filter("main", 2, null));
    var rest = desk.queries.list(desk.project, filter("main", 2, first.nextCursor()));

    assertThat(first.items()).extracting(TestRunLine::commitHash).containsExactly("c4", "c2");
    assertThat(rest.items()).extracting(TestRunLine::commitHash).containsExactly("c0");
  }

  private static TestRunFilter all() {
    return new TestRunFilter(null, null, null, null, 50, null);
  }

  private static TestRunFilter filter(String branch, int limit, String cursor) {
    return new TestRunFilter(
        null, branch, null, null, limit, cursor == null ? null : Cursor.parse(cursor));
  }
}
