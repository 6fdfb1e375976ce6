package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueFilter.Sort;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.sessions.MarkerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssueQueriesTest {

  private final Incidents shop = new Incidents();

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetitionInEveryOrder() {
    for (String label : List.of("alpha", "beta", "gamma", "delta", "epsilon")) {
      issue(label, 2);
      shop.clock.pass(Duration.ofMinutes(1));
    }
    issue("popular", 4);
    shop.settle();

    for (Sort sort : Sort.values()) {
      List<String> seen = new ArrayList<>();
      Cursor after = null;
      do {
        Page<IssueView> page =
            shop.queries.list(
                shop.project, new IssueFilter(Tab.ALL, null, null, false, sort, 2, after));
        page.items().forEach(issue -> seen.add(issue.symptom()));
        after = page.nextCursor() == null ? null : Cursor.parse(page.nextCursor());
      } while (after != null);
      assertThat(seen).as(sort.wireName()).hasSize(6).doesNotHaveDuplicates();
      assertThat(seen.get(0)).isEqualTo("popular");
    }
  }

  @Test
  void textFindsSymptomRouteAndAssigneeInAnyCaseAndIsNoPattern() {
    issue("Cannot pay 100% of it", 2);
    issue("Basket is empty", 2);

    assertThat(symptoms(filter(Tab.ALL, "PAY", null))).containsExactly("Cannot pay 100% of it");
    assertThat(symptoms(filter(Tab.ALL, "100%", null))).containsExactly("Cannot pay 100% of it");
    assertThat(symptoms(filter(Tab.ALL, "1_0", null))).isEmpty();
    assertThat(symptoms(filter(Tab.ALL, "/checkout", null))).hasSize(2);
    assertThat(symptoms(filter(Tab.ALL, " ", MarkerKind.JS_EXCEPTION))).hasSize(2);
    assertThat(symptoms(filter(Tab.ALL, null, MarkerKind.API_ERROR))).isEmpty();
  }

  @Test
  void onlyWhatTheLatestReleaseAloneHasShownIsNewInIt() {
    issue("seen before", 2);
    issue("fresh", 2);
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into release_sighting (project_id, release, first_seen_at, last_seen_at)
              select ?, r, cast(? as timestamptz) - days * interval '1 day', ?
              from (values ('1.0', 9), ('1.1', 0)) as known (r, days)
              """,
              shop.project,
              shop.clock.instant(),
              shop.clock.instant());
          handle.execute(
              """
              insert into cluster_hour
                (project_id, cluster_key, hour, release, browser, sessions, markers, kind)
              select c.project_id, c.key, ?, r, '', 1, 1, c.kind
              from issue_cluster c, (values ('1.0'), ('1.1')) as shown (r)
              where c.project_id = ? and (c.symptom = 'seen before' or r = '1.1')
              """,
              shop.clock.instant(),
              shop.project);
        });

    IssueFilter news = new IssueFilter(Tab.ALL, null, null, true, Sort.LAST_SEEN, 50, null);

    assertThat(symptoms(news)).containsExactly("fresh");
    assertThat(news.isNarrowed()).isTrue();
  }

  @Test
  void tabsShowTheirStatesAndActiveIsNeitherResolvedNorMuted() {
    for (TriageState state : TriageState.values()) {
      ClusterKey key = issue(state.wireName(), 2);
      shop.jdbi.useHandle(
          handle ->
              handle.execute(
                  "update issue_cluster set state = ?, muted_until = ? where project_id = ? and key"
                      + " = ?",
                  state.wireName(),
                  shop.clock.instant().plus(Duration.ofHours(1)),
                  shop.project,
                  key));
    }

    assertThat(symptoms(filter(Tab.ACTIVE, null, null)))
        .containsExactlyInAnyOrder("open", "acknowledged", "regressed", "escalating");
    assertThat(symptoms(filter(Tab.RESOLVED, null, null))).containsExactly("resolved");
    assertThat(symptoms(filter(Tab.MUTED, null, null))).containsExactly("muted");
    assertThat(symptoms(filter(Tab.ALL, null, null))).hasSize(6);
    assertThat(shop.queries.counts(shop.project))
        .containsOnly(
            Map.entry(Tab.ACTIVE, 4L),
            Map.entry(Tab.OPEN, 1L),
            Map.entry(Tab.ACKNOWLEDGED, 1L),
            Map.entry(Tab.REGRESSED, 1L),
            Map.entry(Tab.ESCALATING, 1L),
            Map.entry(Tab.MUTED, 1L),
            Map.entry(Tab.RESOLVED, 1L),
            Map.entry(Tab.ALL, 6L));
  }

  @Test
  void badParametersAreRefused() {
    assertThatThrownBy(() -> new IssueFilter(Tab.ALL, null, null, false, Sort.USERS, 0, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> Tab.fromWireName("closed")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> Sort.fromWireName("luck")).isInstanceOf(InvalidRequest.class);
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new ClusterSessionFilter(30, null, bad))
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(() -> new ClusterSessionFilter(201, null, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> new ClusterSessionFilter(30, "done", null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> shop.queries.stats(shop.project, Duration.ofHours(721)))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void sessionsOfAnIssueAreFilteredByTheirReportCard() {
    ClusterKey key = issue("boom", 3);
    card("boom-0", "ready", 0.9);
    card("boom-1", "pending", 0);

    assertThat(sessions(key, null, null)).containsExactlyInAnyOrder("boom-0", "boom-1", "boom-2");
    assertThat(sessions(key, "ready", null)).containsExactly("boom-0");
    assertThat(sessions(key, "ready", 0.95)).isEmpty();
    assertThat(sessions(key, null, 0.5)).containsExactly("boom-0");
    ClusterSession without =
        shop.queries.sessions(shop.project, key, new ClusterSessionFilter(200, null, null)).stream()
            .filter(session -> session.sessionId().value().equals("boom-2"))
            .findFirst()
            .orElseThrow();
    assertThat(without.reportStatus()).isEmpty();
    assertThat(without.reportConfidence()).isZero();
    assertThat(without.markerCount()).isEqualTo(1);
    assertThat(without.site()).isEqualTo("shop.test");
  }

  @Test
  void unknownIssueHasNoSessionsPage() {
    ClusterKey key = issue("boom", 2);

    assertThatThrownBy(
            () ->
                shop.queries.sessions(
                    new Incidents().project, key, new ClusterSessionFilter(30, null, null)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void statsCountMarkersSessionsAndClustersByKind() {
    shop.visit(
        "s1",
        "u:ann",
        shop.exception("m1", "boom"),
        shop.exception("m2", "bang"),
        shop.marker("m3", MarkerKind.API_ERROR, "GET / 500", null));
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set created_at = ? where project_id = ?",
                shop.clock.instant().minus(Duration.ofHours(2)),
                shop.project));

    assertThat(shop.queries.stats(shop.project, Duration.ofHours(1))).isEmpty();
    assertThat(shop.queries.stats(shop.project, Duration.ofHours(24)))
        .extracting(
            KindStats::kind,
            KindStats::markerCount,
            KindStats::sessionCount,
            KindStats::clusterCount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(MarkerKind.JS_EXCEPTION, 3L, 2L, 2L),
            org.assertj.core.groups.Tuple.tuple(MarkerKind.API_ERROR, 1L, 1L, 1L));
  }

  private ClusterKey issue(String label, int sessions) {
    ClusterKey key = new ClusterKey("none");
    for (int i = 0; i < sessions; i++) {
      key =
          shop.only(
              shop.visit(
                      label.replaceAll("\\W", "") + "-" + i,
                      "u:" + label + i,
                      shop.exception("m1", label))
                  .touched());
    }
    return key;
  }

  private void card(String session, String status, double confidence) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_card (id, project_id, session_id, status, confidence)"
                    + " values (?, ?, ?, ?, ?)",
                shop.project + session,
                shop.project,
                session,
                status,
                confidence));
  }

  private List<String> sessions(
      ClusterKey key, @Nullable String status, @Nullable Double confidence) {
    return shop
        .queries
        .sessions(shop.project, key, new ClusterSessionFilter(200, status, confidence))
        .stream()
        .map(session -> session.sessionId().value())
        .toList();
  }

  private static IssueFilter filter(Tab tab, @Nullable String q, @Nullable MarkerKind kind) {
    return new IssueFilter(tab, q, kind, false, Sort.LAST_SEEN, 50, null);
  }

  private List<String> symptoms(IssueFilter filter) {
    return shop.queries.list(shop.project, filter).items().stream()
        .map(IssueView::symptom)
        .toList();
  }
}
