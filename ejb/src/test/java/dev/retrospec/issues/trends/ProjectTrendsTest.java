package dev.retrospec.issues.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectTrendsTest {

  private final Incidents shop = new Incidents();
  private final ClusterHours clusters = new ClusterHours(shop.jdbi, shop.clock);
  private final ProjectHours projects = new ProjectHours(shop.jdbi, shop.clock);
  private final HourlyRollup rollup = new HourlyRollup(clusters, projects);
  private final ProjectTrends trends = new ProjectTrends(shop.jdbi, shop.clock);

  private int visits;

  @Test
  void failuresAreCountedByHourAndKindReleaseOrBrowser() {
    visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    visit(MarkerKind.JS_EXCEPTION, "bang", "1.0", "Safari");
    keep();
    shop.clock.pass(Duration.ofHours(2));
    visit(MarkerKind.API_ERROR, "502", "1.1", "Chrome");
    keep();

    ProjectTrend byKind = trends.of(shop.project, 4, TrendBy.KIND, null);

    assertThat(byKind.from()).isEqualTo(shop.clock.instant().minus(Duration.ofHours(3)));
    assertThat(byKind.sessions()).containsExactly(0, 2, 0, 1);
    assertThat(byKind.total()).isEqualTo(3);
    assertThat(byKind.rest()).containsOnly(0);
    assertThat(byKind.series())
        .containsExactly(
            new ProjectTrend.Series("js_exception", List.of(0, 2, 0, 0)),
            new ProjectTrend.Series("api_error", List.of(0, 0, 0, 1)));
    assertThat(totals(TrendBy.RELEASE, null)).containsExactly("1.0 2", "1.1 1");
    assertThat(totals(TrendBy.BROWSER, null)).containsExactly("Chrome 2", "Safari 1");
    assertThat(totals(TrendBy.BROWSER, MarkerKind.API_ERROR)).containsExactly("Chrome 1");
  }

  @Test
  void countingAgainChangesNothing() {
    ClusterKey key = visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    keep();
    shop.inTransaction(
        () -> {
          clusters.touched(Map.of(shop.project, Set.of(key)));
          return null;
        });
    keep();

    assertThat(totals(TrendBy.RELEASE, null)).containsExactly("1.0 1");
  }

  @Test
  void anotherProjectsFailuresAreNotCounted() {
    visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    keep();

    ProjectTrend other = trends.of(shop.database.newProject(), 24, TrendBy.KIND, null);

    assertThat(other.series()).isEmpty();
    assertThat(other.sessions()).hasSize(24).containsOnly(0);
  }

  @Test
  void mergedFailureIsCountedWithItsTargetsKind() {
    ClusterKey one = visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    ClusterKey other = visit(MarkerKind.API_ERROR, "502", "1.0", "Chrome");
    visit(MarkerKind.API_ERROR, "502", "1.0", "Chrome");
    keep();
    assertThat(totals(TrendBy.KIND, null)).containsExactly("api_error 2", "js_exception 1");

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(other, List.of(one), null, null)));
    keep();

    assertThat(totals(TrendBy.KIND, null)).containsExactly("api_error 3");
    assertAddedUp();
  }

  @Test
  void mergeForgetsNoHourWhoseSessionsHaveExpired() {
    ClusterKey one = visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    ClusterKey other = visit(MarkerKind.JS_EXCEPTION, "bang", "1.0", "Chrome");
    keep();
    shop.clock.pass(Duration.ofDays(8));
    visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    visit(MarkerKind.JS_EXCEPTION, "bang", "1.0", "Chrome");
    keep();
    shop.jdbi.useHandle(
        handle -> {
          for (String table : List.of("cluster_session", "session")) {
            handle.execute(
                "delete from " + table + " where project_id = ? and created_at < ?",
                shop.project,
                shop.clock.instant());
          }
        });

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(other, List.of(one), null, null)));
    keep();

    assertThat(trends.of(shop.project, 720, TrendBy.KIND, null).total()).isEqualTo(4);
  }

  @Test
  void whatIsRareStandsInNoSeriesAndIsCounted() {
    for (int i = 0; i < ProjectTrends.MAX_SERIES + 2; i++) {
      visit(MarkerKind.JS_EXCEPTION, "boom", "1." + i, "Chrome");
    }
    visit(MarkerKind.JS_EXCEPTION, "boom", "1.7", "Chrome");
    keep();

    ProjectTrend trend = trends.of(shop.project, 1, TrendBy.RELEASE, null);

    assertThat(trend.series()).hasSize(ProjectTrends.MAX_SERIES);
    assertThat(trend.series().get(0).name()).isEqualTo("1.7");
    assertThat(trend.rest()).containsExactly(2);
    assertThat(trend.total()).isEqualTo(ProjectTrends.MAX_SERIES + 3);
  }

  @Test
  void madeUpReleasesFillNoTable() {
    int tooMany = ProjectHours.MAX_PARTS_OF_AN_HOUR + 50;
    add(tooMany, 1);
    add(tooMany, 2);

    assertThat(parts()).isEqualTo(ProjectHours.MAX_PARTS_OF_AN_HOUR + 1);
    assertThat(trends.of(shop.project, 1, TrendBy.KIND, null).total()).isEqualTo(3 * tooMany);

    add(tooMany, -3);
    assertThat(trends.of(shop.project, 1, TrendBy.RELEASE, null).series()).isEmpty();
    assertThat(
            shop.count(
                "select count(*) from project_hour where project_id = ? and sessions <> 0",
                shop.project))
        .isZero();
  }

  @Test
  void hoursAreForgottenAfterThirtyDays() {
    visit(MarkerKind.JS_EXCEPTION, "boom", "1.0", "Chrome");
    keep();
    shop.clock.pass(Duration.ofDays(29));
    sweep();
    assertThat(trends.of(shop.project, 720, TrendBy.KIND, null).total()).isEqualTo(1);

    shop.clock.pass(Duration.ofDays(2));
    sweep();
    assertThat(parts()).isZero();
  }

  @Test
  void blocksReadDoNotGrowWithTheClusters() {
    week(10);
    long few = cost();
    week(1_000);
    long many = cost();

    assertThat(trends.of(shop.project, 168, TrendBy.KIND, null).total()).isEqualTo(168 * 1_010);
    // A hundred times the clusters, and the versions of rows that their counting left behind.
    assertThat(many).as("after %d with ten clusters", few).isLessThan(3 * few);
  }

  @Test
  void badParametersAreRefused() {
    for (int hours : new int[] {0, ProjectTrends.MAX_HOURS + 1}) {
      assertThatThrownBy(() -> trends.of(shop.project, hours, TrendBy.KIND, null))
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(() -> TrendBy.fromWireName("luck"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("kind, release, browser");
  }

  private ClusterKey visit(MarkerKind kind, String label, String release, String browser) {
    return shop.visitOf("s" + visits++, release, browser, shop.marker("m1", kind, label, null));
  }

  private void keep() {
    shop.settle();
    shop.inTransaction(
        () -> {
          while (rollup.roll().size() == HourlyRollup.AT_ONCE) {
            // until nothing is due
          }
          return null;
        });
  }

  private void sweep() {
    shop.inTransaction(() -> projects.sweep(shop.clock.instant()));
  }

  private List<String> totals(TrendBy by, MarkerKind kind) {
    return trends.of(shop.project, 4, by, kind).series().stream()
        .map(one -> one.name() + " " + one.total())
        .toList();
  }

  /** So many releases with so many sessions each, in this hour. */
  private void add(int releases, int sessions) {
    List<ProjectHours.Change> changes = new ArrayList<>();
    for (int i = 0; i < releases; i++) {
      changes.add(
          new ProjectHours.Change(
              shop.project.value(),
              shop.clock.instant().truncatedTo(ChronoUnit.HOURS),
              "js_exception",
              "made-up-" + i,
              "Chrome",
              sessions));
    }
    shop.inTransaction(
        () -> {
          projects.add(changes);
          return null;
        });
  }

  /** So many clusters, each seen once in every hour. */
  private void week(int seen) {
    List<ProjectHours.Change> changes = new ArrayList<>();
    for (int cluster = 0; cluster < seen; cluster++) {
      for (int hour = 0; hour < 168; hour++) {
        changes.add(
            new ProjectHours.Change(
                shop.project.value(),
                shop.clock.instant().minus(hour, ChronoUnit.HOURS),
                cluster % 2 == 0 ? "api_error" : "js_exception",
                "1." + cluster % 3,
                cluster % 5 == 0 ? "Safari" : "Chrome",
                1));
      }
    }
    shop.inTransaction(
        () -> {
          projects.add(changes);
          return null;
        });
  }

  private long cost() {
    shop.jdbi.useHandle(handle -> handle.execute("vacuum analyze project_hour"));
    trends.of(shop.project, 168, TrendBy.KIND, null);
    return shop.inTransaction(
        () -> {
          long before = blocks();
          trends.of(shop.project, 168, TrendBy.KIND, null);
          return blocks() - before;
        });
  }

  private long blocks() {
    return shop.count(
        """
        select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'i')
        """);
  }

  private long parts() {
    return shop.count("select count(*) from project_hour where project_id = ?", shop.project);
  }

  private void assertAddedUp() {
    assertThat(
            shop.rows(
                """
                select hour, kind, release, browser, sum(sessions) from cluster_hour
                where project_id = ? group by 1, 2, 3, 4
                except
                select hour, kind, release, browser, sessions from project_hour
                where project_id = ?
                """,
                shop.project,
                shop.project))
        .isEmpty();
  }
}
