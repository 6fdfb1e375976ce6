package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.RunFilter.Tab;
import dev.retrospec.inspection.RunListView.Row;
import dev.retrospec.inspection.RunPageView.Failure;
import dev.retrospec.inspection.RunPageView.Recommended;
import dev.retrospec.inspection.RunPageView.Similar;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.snapshots.Snapshots;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final String ADDS = "BasketTest.adds";
  private static final String PAYS = "PayTest.pays";

  private final StoredRows rows = new StoredRows(NOW);
  private final ProjectId project = rows.project();
  private final StoredCi stored = new StoredCi(project, NOW);

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final RunListInspection list = new RunListInspection(jdbi);
  private final RunInspection runs = new RunInspection(jdbi, new Snapshots(jdbi));
  private final TestInspection tests = new TestInspection(jdbi);

  private TestRunId green;
  private TestRunId flaky;
  private TestRunId red;
  private PatternId pattern;

  @BeforeEach
  void aGreenAFlakyAndARedRun() {
    green = stored.run("main", "passed", 0, 30);
    stored.result(green, ADDS, 1, "passed");
    flaky = stored.run("feature", "passed", 1, 20);
    stored.result(flaky, ADDS, 1, "failed");
    stored.result(flaky, ADDS, 2, "flaky");
    red = stored.run("feature", "failed", 0, 10);
    pattern = stored.pattern("card is null", 10);
    stored.match(red, stored.failure(red, PAYS, pattern, false), pattern, 0.86);
    stored.match(red, stored.failure(red, ADDS, pattern, true), pattern, 0.97);
  }

  @Test
  void listsRunsNewestFirstAndSaysWhyOneIsRed() {
    List<Row> found = list.open(project, filter(Tab.ALL, null, null)).rows();

    assertThat(found).extracting(row -> row.run().id()).containsExactly(red, flaky, green);
    assertThat(found.get(0).reason().testName()).isEqualTo(ADDS);
    assertThat(found.get(0).reason().failures()).isEqualTo(2);
    assertThat(found.get(0).reason().newFailures()).isEqualTo(1);
    assertThat(found.get(0).match().similarity()).isEqualTo(0.97);
    assertThat(found.get(2).reason()).isNull();
  }

  @Test
  void everyTabCountsWhatItShows() {
    RunListView view = list.open(project, filter(Tab.ALL, "nothing is called so", null));

    assertThat(view.rows()).isEmpty();
    for (Tab tab : Tab.values()) {
      assertThat(list.open(project, filter(tab, null, null)).rows())
          .as(tab.name())
          .hasSize(view.counts().get(tab).intValue())
          .isNotEmpty();
    }
    assertThat(view.branches()).containsExactly("feature", "main");
  }

  @Test
  void findsByBranchCommitAndFailedTest() {
    assertThat(ids("FEAT")).containsExactly(red, flaky);
    assertThat(ids("abc30")).containsExactly(green);
    assertThat(ids("PayTest")).containsExactly(red);
    assertThat(ids("a%")).isEmpty();
  }

  @Test
  void goesOnBehindTheLastRun() {
    RunListView first = list.open(project, piece(2, null));
    RunListView second = list.open(project, piece(2, Cursor.parse(first.nextCursor())));

    assertThat(first.rows()).hasSize(2);
    assertThat(second.rows()).extracting(row -> row.run().id()).containsExactly(green);
    assertThat(second.nextCursor()).isNull();
  }

  @Test
  void opensARunAtWhatIsNew() {
    RunPageView view = open(red, RunPageFilter.DEFAULT_FAILURES);

    assertThat(view.failures())
        .extracting(failure -> failure.test().testName())
        .containsExactly(ADDS, PAYS);
    assertThat(view.newFailures()).isEqualTo(1);
    assertThat(view.failures().get(0).test().attachments().get(0).path()).isEqualTo("trace.zip");
    assertThat(view.before().id()).isEqualTo(flaky);
    assertThat(view.tests()).extracting(RunPageView.TestLine::name).contains(ADDS, PAYS);
  }

  @Test
  void theRunBeforeIsOneOfTheSameJob() {
    TestRunId windows = stored.run("feature", "passed", 0, 15);
    stored.job(windows, "windows");

    assertThat(open(red, 1).before().id()).isEqualTo(flaky);
  }

  @Test
  void aTestsHistoryCountsItsLastAttempt() {
    Failure failure = open(red, 1).failures().get(0);

    assertThat(failure.history().results())
        .extracting(TestHistory.Result::status)
        .containsExactly("failed", "flaky", "passed");
    assertThat(failure.history().red()).isEqualTo(1);
    assertThat(open(red, 1).hasMoreFailures()).isTrue();
  }

  @Test
  void tellsWhatAFailureResemblesAndWhoInProductionHasIt() {
    rows.session("s1", 5, 1);
    rows.issue("gift", "open", 5);
    stored.link(pattern, "gift", 0.9);
    stored.decide(pattern, "product_bug");

    Similar similar = open(red, 5).failures().get(0).similar().get(0);

    assertThat(similar.similarity()).isEqualTo(0.97);
    assertThat(similar.why().sharedFrames()).containsExactly("Basket.total");
    assertThat(similar.decision()).isEqualTo("product_bug");
    assertThat(similar.issueSymptom()).isEqualTo("Broken gift");
    assertThat(similar.issueUsers()).isEqualTo(2);
  }

  @Test
  void whatIsSaidToBeAnotherFailureIsNotShownAsAlike() {
    PatternId other = stored.pattern("card is closed", 10);
    long failure = open(red, 10).failures().get(0).test().id();
    stored.match(red, failure, other, 0.7);
    assertThat(similar(red)).containsExactly(pattern, other);

    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into pattern_link_rule (project_id, pattern_id, other_kind, other_id, same,"
                    + " decided_by, decided_at) values (?, ?, 'pattern', ?, false, 'ada', now())",
                project.value(),
                other.value(),
                pattern.value()));

    assertThat(similar(red)).containsExactly(pattern);
  }

  private List<PatternId> similar(TestRunId run) {
    return open(run, 10).failures().get(0).similar().stream().map(Similar::patternId).toList();
  }

  @Test
  void showsTheDiffOfItsChange() {
    assertThat(open(red, 10).diff().files()).isEmpty();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update test_run set git_diff = ? where project_id = ? and id = ?",
                "--- a/x.txt\n+++ b/x.txt\n@@ -1 +1 @@\n-a\n+b\n",
                project.value(),
                red.value()));

    assertThat(open(red, 10).diff().files().get(0).lines()).hasSize(3);
  }

  @Test
  void listsTestsWorthRunningInTheirOrder() {
    stored.recommend(red, 2, ADDS);
    stored.recommend(red, 1, PAYS);

    assertThat(open(red, 5).recommended())
        .extracting(Recommended::testName)
        .containsExactly(PAYS, ADDS);
  }

  @Test
  void showsATestAcrossRunsAndBranches() {
    TestPageView all = tests.open(project, stored.test(ADDS), null).orElseThrow();
    TestPageView main = tests.open(project, stored.test(ADDS), "main").orElseThrow();

    assertThat(all.lines())
        .extracting(TestPageView.Line::status)
        .containsExactly("failed", "flaky", "passed");
    assertThat(all.lines().get(0).patternId()).isEqualTo(pattern);
    assertThat(all.durations()).containsExactly(120, 120, 120);
    assertThat(all.branches()).containsExactly("feature", "main");
    assertThat(main.lines()).extracting(TestPageView.Line::testRunId).containsExactly(green);
  }

  @Test
  void anotherProjectHasNeitherRunNorTest() {
    ProjectId other = TestDatabase.get().newProject();

    assertThat(runs.open(other, red, new RunPageFilter(5, null, null))).isEmpty();
    assertThat(tests.open(other, stored.test(ADDS), null)).isEmpty();
    assertThat(list.open(other, filter(Tab.ALL, null, null)).everRan()).isFalse();
  }

  private RunPageView open(TestRunId run, int failures) {
    return runs.open(project, run, new RunPageFilter(failures, null, null)).orElseThrow();
  }

  private List<TestRunId> ids(String q) {
    return list.open(project, filter(Tab.ALL, q, null)).rows().stream()
        .map(row -> row.run().id())
        .toList();
  }

  private static RunFilter filter(Tab tab, @Nullable String q, @Nullable String branch) {
    return new RunFilter(tab, q, branch, null, null, RunFilter.DEFAULT_LIMIT, null);
  }

  private static RunFilter piece(int limit, @Nullable Cursor after) {
    return new RunFilter(Tab.ALL, null, null, null, null, limit, after);
  }
}
