package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.IssueListView.Row;
import dev.retrospec.inspection.IssuePageView.Share;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.ClusterSessionFilter;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueFilter.Sort;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final StoredRows stored = new StoredRows(NOW);
  private final ProjectId project = stored.project();
  private static final IssueFilter ACTIVE = filter(Tab.ACTIVE, null, null);

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final IssueQueries queries = new IssueQueries(jdbi, new ClusterDecisions(jdbi), CLOCK);
  private final IssueListInspection list = new IssueListInspection(jdbi, queries, CLOCK);
  private final IssueInspection issues = new IssueInspection(jdbi, queries, CLOCK);

  @BeforeEach
  void twoSessionsWithOneIssue() {
    stored.issue("gift", "open", 5);
    stored.session("s1", 20, 1);
    stored.session("s2", 10, 1);
    stored.session("healthy", 5, 0);
    stored.marker("s1", "gift", "js_exception", 12_000, 20);
    stored.marker("s2", "gift", "js_exception", 7_000, 10);
    stored.report("s1", "ready", 0.9);
    stored.report("s2", "pending", 0);
  }

  @Test
  void listsWhatIsNeitherResolvedNorMuted() {
    stored.issue("old", "resolved", 50);
    stored.issue("back", "regressed", 1);

    assertThat(keys(ACTIVE)).containsExactly("back", "gift");
  }

  @Test
  void countsEveryTabWhateverIsFiltered() {
    stored.issue("old", "resolved", 50);
    stored.issue("back", "regressed", 1);

    assertThat(list.open(project, filter(Tab.OPEN, null, "nowhere")).counts())
        .containsEntry(Tab.ACTIVE, 2L)
        .containsEntry(Tab.OPEN, 1L)
        .containsEntry(Tab.REGRESSED, 1L)
        .containsEntry(Tab.RESOLVED, 1L)
        .containsEntry(Tab.MUTED, 0L);
  }

  @Test
  void aMuteWhoseWindowIsOverCountsAsOpen() {
    stored.issue("quiet", "muted", 60);
    stored.mutedUntil("quiet", NOW.plusSeconds(1));
    assertThat(keys(filter(Tab.MUTED, null, null))).containsExactly("quiet");

    stored.mutedUntil("quiet", NOW);
    assertThat(keys(filter(Tab.MUTED, null, null))).isEmpty();
    assertThat(keys(filter(Tab.OPEN, null, null))).containsExactly("gift", "quiet");
  }

  @Test
  void searchesTextAsItIsWritten() {
    stored.issue("a100_", "open", 3);

    assertThat(keys(filter(Tab.ACTIVE, null, "a100_"))).containsExactly("a100_");
    assertThat(keys(filter(Tab.ACTIVE, null, "a1%"))).isEmpty();
    assertThat(keys(filter(Tab.ACTIVE, MarkerKind.API_ERROR, null))).isEmpty();
  }

  @Test
  void addsWhatIsNotFoldedYet() {
    stored.delta("gift", 5);

    IssueView issue = list.open(project, ACTIVE).rows().get(0).issue();

    assertThat(issue.sessionCount()).isEqualTo(7);
    assertThat(issue.markerCount()).isEqualTo(7);
    assertThat(issue.lastSeenAt()).isEqualTo(NOW);
  }

  @Test
  void drawsTheLastDaysOfAnIssue() {
    Trend trend = list.open(project, ACTIVE).rows().get(0).trend();

    assertThat(trend.sessions()).hasSize(Trend.BUCKETS).endsWith(2);
    assertThat(trend.total()).isEqualTo(2);
  }

  @Test
  void marksWhatTheLatestReleaseAloneHasShown() {
    stored.issue("old", "open", 50);
    assertThat(list.open(project, ACTIVE).overview().latestRelease()).isNull();
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into release_sighting (project_id, release, first_seen_at, last_seen_at)
              select ?, r, timestamptz '2020-01-01' + days * interval '1 day', now()
              from (values ('1.0', 0), ('1.1', 9)) as known (r, days)
              """,
              project);
          handle.execute(
              """
              insert into cluster_hour
                (project_id, cluster_key, hour, release, browser, sessions, markers, kind)
              select project_id, key, now(), '1.1', '', 1, 1, kind from issue_cluster
              where project_id = ? and key = 'gift'
              """,
              project);
        });

    IssueListView view = list.open(project, ACTIVE);

    assertThat(view.overview().latestRelease()).isEqualTo("1.1");
    assertThat(view.rows())
        .filteredOn(IssueListView.Row::newInRelease)
        .extracting(row -> row.issue().key().value())
        .containsExactly("gift");
  }

  @Test
  void tellsWhatHappenedToday() {
    var overview = list.open(project, ACTIVE).overview();

    assertThat(overview.everRecorded()).isTrue();
    assertThat(overview.recentSessions()).isEqualTo(3);
    assertThat(overview.recentFailingSessions()).isEqualTo(2);
    assertThat(overview.recentIssues()).isEqualTo(1);
  }

  @Test
  void knowsAProjectThatNeverRecorded() {
    IssueListView view = list.open(TestDatabase.get().newProject(), ACTIVE);

    assertThat(view.overview().everRecorded()).isFalse();
    assertThat(view.rows()).isEmpty();
  }

  @Test
  void opensAnIssueAtItsRepresentative() {
    IssuePageView view = open(ClusterSessionFilter.ALL);

    assertThat(view.example().sessionId().value()).isEqualTo("s1");
    assertThat(view.example().replayOffsetMs()).isEqualTo(12_000);
    assertThat(view.example().stack()).isEqualTo("at wrap (shop.js:1)");
    assertThat(view.shares()).containsExactly(new Share("Browser", "Firefox", 2, 2));
  }

  @Test
  void listsTheSessionsOfAnIssueNewestFirst() {
    assertThat(open(ClusterSessionFilter.ALL).sessions())
        .extracting(line -> line.sessionId().value())
        .containsExactly("s2", "s1");
  }

  @Test
  void filtersTheSessionsOfAnIssueByTheirReport() {
    assertThat(open(new ClusterSessionFilter(30, "ready", null)).sessions()).hasSize(1);
    assertThat(open(new ClusterSessionFilter(30, null, 0.95)).sessions()).isEmpty();
    assertThat(open(new ClusterSessionFilter(30, null, 0.9)).sessions()).hasSize(1);
    assertThat(open(new ClusterSessionFilter(1, null, null)).hasMoreSessions()).isTrue();
  }

  @Test
  void aLinkToAMergedIssueOpensTheOneItIsPartOf() {
    TestDatabase.get()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into cluster_alias (project_id, source_key, target_key)"
                        + " values (?, 'wrapping', 'gift')",
                    project));

    IssuePageView view =
        issues.open(project, new ClusterKey("wrapping"), ClusterSessionFilter.ALL).orElseThrow();

    assertThat(view.issue().key()).isEqualTo(new ClusterKey("gift"));
    assertThat(view.sessions()).hasSize(2);
  }

  @Test
  void anotherProjectDoesNotSeeTheIssue() {
    assertThat(
            issues.open(
                TestDatabase.get().newProject(), new ClusterKey("gift"), ClusterSessionFilter.ALL))
        .isEmpty();
  }

  private IssuePageView open(ClusterSessionFilter filter) {
    return issues.open(project, new ClusterKey("gift"), filter).orElseThrow();
  }

  private List<String> keys(IssueFilter filter) {
    return list.open(project, filter).rows().stream()
        .map(Row::issue)
        .map(issue -> issue.key().value())
        .toList();
  }

  private static IssueFilter filter(Tab tab, MarkerKind kind, String text) {
    return new IssueFilter(tab, text, kind, false, Sort.LAST_SEEN, 50, null);
  }
}
