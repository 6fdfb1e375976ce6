package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.TestListFilter.Sort;
import dev.retrospec.inspection.TestListFilter.Tab;
import dev.retrospec.inspection.TestListView.Row;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestListInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private final StoredRows rows = new StoredRows(NOW);
  private final ProjectId project = rows.project();
  private final StoredCi stored = new StoredCi(project, NOW);
  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final TestListInspection list =
      new TestListInspection(jdbi, Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void sevenTests() {
    for (int i = 0; i < 7; i++) {
      // Pairs are alike, so that only the tie-breaker parts them.
      test("Shop" + i + "Test.adds", i / 2, i / 4, i == 3 ? null : 100.0 * (i / 2));
    }
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void goesOnBehindTheLastTestInEveryOrder(Sort sort) {
    List<String> pieces = new ArrayList<>();
    String cursor = null;
    do {
      TestListView view = open(Tab.ALL, null, sort, 2, cursor);
      view.rows().forEach(row -> pieces.add(row.test().name()));
      cursor = view.nextCursor();
    } while (cursor != null);

    assertThat(pieces).hasSize(7).isEqualTo(names(Tab.ALL, null, sort));
  }

  @Test
  void beginsWithWhatFailsMost() {
    assertThat(names(Tab.ALL, null, Sort.RATE)).startsWith("Shop6Test.adds");
    assertThat(names(Tab.ALL, null, Sort.NAME)).startsWith("Shop0Test.adds", "Shop1Test.adds");
    assertThat(names(Tab.ALL, null, Sort.SLOWEST)).endsWith("Shop3Test.adds");
  }

  @Test
  void everyTabCountsWhatItShows() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into failing_test (project_id, repository, branch, job, test_case_id,"
                    + " first_bad_run, first_bad_commit, first_bad_author, first_bad_at, last_seen)"
                    + " select project_id, 'tea', branch, '', id, 'r', 'c', 'a', now(), now()"
                    + " from test_case cross join (values ('main'), ('feature')) as b (branch)"
                    + " where project_id = ? and name = 'Shop2Test.adds'",
                project.value()));

    assertThat(names(Tab.RED, null, Sort.RATE)).containsExactly("Shop2Test.adds");
    assertThat(names(Tab.FLAKY, null, Sort.FLAKY)).hasSize(3);
    assertThat(open(Tab.RED, null, Sort.RATE, 10, null).counts())
        .containsEntry(Tab.ALL, 7L)
        .containsEntry(Tab.RED, 1L)
        .containsEntry(Tab.FLAKY, 3L);
  }

  @Test
  void findsByNameSuiteAndFile() {
    assertThat(names(Tab.ALL, "SHOP4", Sort.NAME)).containsExactly("Shop4Test.adds");
    assertThat(names(Tab.ALL, "basket suite", Sort.NAME)).hasSize(7);
    assertThat(names(Tab.ALL, "Basket.java", Sort.NAME)).hasSize(7);
    assertThat(names(Tab.ALL, "%", Sort.NAME)).isEmpty();
  }

  @Test
  void tellsTheLastResultAndTheOnesBefore() {
    String name = "Shop6Test.adds";
    result(stored.run("main", "passed", 0, 30), name, "passed");
    result(stored.run("main", "failed", 0, 10), name, "failed");

    Row row = open(Tab.ALL, "Shop6", Sort.NAME, 10, null).rows().get(0);

    assertThat(row.lastResult()).isEqualTo("failed");
    assertThat(row.history().results()).hasSize(2);
    assertThat(row.test().flakyShare()).isEqualTo(1 / 3.0);
    assertThat(open(Tab.ALL, "Shop5", Sort.NAME, 10, null).rows().get(0).lastResult()).isNull();
  }

  @Test
  void refusesACursorOfAnotherOrder() {
    String byName = open(Tab.ALL, null, Sort.NAME, 2, null).nextCursor();

    assertThatThrownBy(() -> open(Tab.ALL, null, Sort.RATE, 2, byName))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void anotherProjectHasNoneOfThem() {
    ProjectId other = new StoredRows(NOW).project();

    TestListView view = list.open(other, new TestListFilter(Tab.ALL, null, Sort.RATE, 10, null));

    assertThat(view.rows()).isEmpty();
    assertThat(view.counts()).containsEntry(Tab.ALL, 0L);
  }

  private List<String> names(Tab tab, @Nullable String q, Sort sort) {
    return open(tab, q, sort, 100, null).rows().stream().map(row -> row.test().name()).toList();
  }

  private TestListView open(
      Tab tab, @Nullable String q, Sort sort, int limit, @Nullable String cursor) {
    return list.open(
        project,
        new TestListFilter(tab, q, sort, limit, cursor == null ? null : Cursor.parse(cursor)));
  }

  private void result(TestRunId run, String name, String status) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into test_result (project_id, test_run_id, test_case_id, status)"
                    + " select project_id, ?, id, ? from test_case"
                    + " where project_id = ? and name = ?",
                run.value(),
                status,
                project.value(),
                name));
  }

  private void test(String name, int failures, int flaky, @Nullable Double length) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into test_case (project_id, name, suite, file, first_seen, last_seen, runs,"
                    + " failures, flaky, failure_rate, mean_duration_ms)"
                    + " values (?, ?, 'Basket suite', 'src/Basket.java', ?, ?, 9, ?, ?, ?, ?)",
                project.value(),
                name,
                NOW,
                NOW.minusSeconds(failures),
                failures,
                flaky,
                failures / 7.0,
                length));
  }
}
