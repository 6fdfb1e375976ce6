package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterConstraints;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MergePreviews;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private final StoredRows stored = new StoredRows(NOW);
  private final ProjectId project = stored.project();
  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final MergeInspection merging =
      new MergeInspection(
          new IssueQueries(jdbi, new ClusterDecisions(jdbi), Clock.fixed(NOW, ZoneOffset.UTC)),
          new MergePreviews(jdbi, new ClusterConstraints(jdbi)));

  @BeforeEach
  void issues() {
    stored.issue("pay", "open", 5);
    stored.issue("card", "muted", 90);
    stored.issue("gift", "resolved", 50);
    stored.session("s1", 20, 1);
    stored.marker("s1", "pay", "js_exception", 100, 20);
    stored.session("s2", 20, 1);
    stored.marker("s2", "card", "js_exception", 100, 20);
  }

  @Test
  void theLargerIssueStaysOrTheOlderUnlessSomebodySaysOtherwise() {
    assertThat(open(null, "pay", "card").keeper()).isEqualTo(key("card"));
    stored.delta("pay", 1);
    assertThat(open(null, "pay", "card").keeper()).isEqualTo(key("pay"));
    assertThat(open(key("card"), "pay", "card").keeper()).isEqualTo(key("card"));
    assertThat(open(key("gift"), "pay", "card").keeper()).isEqualTo(key("pay"));
  }

  @Test
  void oneIssueAloneMakesNothingTogether() {
    MergeView one = open(null, "pay", "pay");

    assertThat(one.issues()).extracting(IssueView::key).containsExactly(key("pay"));
    assertThat(one.together()).isNull();
    assertThat(open(null, "pay", "card").together().sessionCount()).isEqualTo(2);
    assertThat(open(null).keeper()).isNull();
  }

  @Test
  void saysWhatIsGoneOrOfAnotherProjectAndWhatIsMergedAlready() {
    StoredRows other = new StoredRows(NOW);
    other.issue("foreign", "open", 5);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into cluster_alias (project_id, source_key, target_key) values (?, ?, ?)",
                project,
                "was-merged",
                "pay"));

    MergeView view = open(null, "foreign", "was-merged", "pay", "never");

    assertThat(view.gone()).containsExactly(key("foreign"), key("never"));
    assertThat(view.issues()).extracting(IssueView::key).containsExactly(key("pay"));
    assertThat(view.moved())
        .singleElement()
        .satisfies(moved -> assertThat(moved.into().key()).isEqualTo(key("pay")));
  }

  @Test
  void findsOthersByWordsKeyOrAddressWhateverTheirState() {
    assertThat(found("broken", "pay")).containsExactly("gift", "card");
    assertThat(found("card", "pay")).containsExactly("card");
    assertThat(found("https://retro.example/admin/issues/gift?project=x", "pay"))
        .containsExactly("gift");
    assertThat(found("pay", "pay")).isEmpty();
  }

  private List<String> found(String text, String chosen) {
    return merging.open(project, List.of(key(chosen)), null, text).found().stream()
        .map(issue -> issue.key().value())
        .toList();
  }

  private MergeView open(@Nullable ClusterKey keeper, String... keys) {
    return merging.open(
        project, Arrays.stream(keys).map(MergeInspectionTest::key).toList(), keeper, null);
  }

  private static ClusterKey key(String value) {
    return new ClusterKey(value);
  }
}
