package dev.retrospec.issues.trends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.ActivityEntry;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.sessions.Releases;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendKeepingTest {

  private final Incidents shop = new Incidents();
  private final RecordedEvents<IssueEscalated> escalations = new RecordedEvents<>();
  private final IssueActivities activities = new IssueActivities(shop.jdbi, shop.decisions);
  private final ClusterHours hours = new ClusterHours(shop.jdbi, shop.clock);
  private final IssueEscalation escalation =
      new IssueEscalation(
          new EscalatingIssues(shop.jdbi), activities, escalations, shop.meters, shop.clock);
  private final TrendKeeping keeping =
      new TrendKeeping(
          new HourlyRollup(hours, new ProjectHours(shop.jdbi, shop.clock)), escalation);
  private final IssueTrends trends = new IssueTrends(shop.jdbi, shop.decisions, shop.clock);

  private int visits;

  @Test
  void sessionsAreCountedByHourReleaseAndBrowser() {
    ClusterKey key = visit("boom", "1.0", "Chrome");
    visit("boom", "1.0", "Safari");
    keep();
    shop.clock.pass(Duration.ofHours(2));
    visit("boom", "1.1", "Chrome");
    keep();

    IssueTrend trend = trends.of(shop.project, key, 4);

    assertThat(trend.sessions()).containsExactly(0, 2, 0, 1);
    assertThat(trend.total()).isEqualTo(3);
    assertThat(trend.releases())
        .containsExactly(new IssueTrend.Part("1.0", 2), new IssueTrend.Part("1.1", 1));
    assertThat(trend.browsers())
        .containsExactly(new IssueTrend.Part("Chrome", 2), new IssueTrend.Part("Safari", 1));
  }

  @Test
  void writingThemAgainChangesNothing() {
    ClusterKey key = visit("boom", "1.0", "Chrome");
    visit("boom", "1.0", "Chrome");
    keep();
    List<Map<String, Object>> before = stored();

    hours.touched(Map.of(shop.project, java.util.Set.of(key)));
    keep();

    assertThat(stored()).isEqualTo(before).hasSize(1);
  }

  /** A million sessions of an hour would be read sixty times in it. */
  @Test
  void largeHourIsReadEveryTenMinutesAndASmallOneEachMinute() {
    ClusterKey large = visit("boom", "1.0", "Chrome");
    ClusterKey small = visit("bang", "1.0", "Chrome");
    keep();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update cluster_hour set sessions = 20000 where project_id = ? and cluster_key = ?",
                shop.project,
                large));
    visit("boom", "1.0", "Chrome");
    visit("bang", "1.0", "Chrome");
    keep();

    assertThat(trends.of(shop.project, small, 1).total()).isEqualTo(2);
    assertThat(trends.of(shop.project, large, 1).total()).isEqualTo(20_000);

    shop.clock.pass(Duration.ofMinutes(5));
    visit("boom", "1.0", "Chrome");
    keep();
    assertThat(trends.of(shop.project, large, 1).total()).isEqualTo(20_000);

    shop.clock.pass(Duration.ofMinutes(5));
    keep();
    assertThat(trends.of(shop.project, large, 1).total()).isEqualTo(3);
  }

  @Test
  void hoursFollowAMerge() {
    ClusterKey one = visit("boom", "1.0", "Chrome");
    keep();
    shop.clock.pass(Duration.ofHours(5));
    ClusterKey other = visit("bang", "1.0", "Chrome");
    visit("bang", "1.0", "Chrome");
    keep();

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(other, List.of(one), null, null)));
    keep();

    assertThat(trends.of(shop.project, one, 6).sessions()).containsExactly(1, 0, 0, 0, 0, 2);
  }

  @Test
  void failureThatOnlyTheLatestReleaseShowsIsNewInIt() {
    ClusterKey old = visit("boom", "1.0", "Chrome");
    visit("boom", "1.0", "Chrome");
    sight();
    shop.clock.pass(Duration.ofHours(1));
    visit("boom", "1.1", "Chrome");
    ClusterKey young = visit("bang", "1.1", "Chrome");
    sight();
    keep();

    assertThat(trends.of(shop.project, young, 24).newInRelease()).isEqualTo("1.1");
    assertThat(trends.of(shop.project, old, 24).newInRelease()).isNull();
  }

  @Test
  void failureWhoseFirstHoursAreForgottenIsNotNew() {
    visit("boom", "1.0", "Chrome");
    ClusterKey old = visit("bang", "1.0", "Chrome");
    sight();
    shop.clock.pass(Duration.ofHours(2));
    visit("bang", "1.1", "Chrome");
    sight();
    keep();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "delete from cluster_hour where project_id = ? and release = '1.0'", shop.project));

    assertThat(trends.of(shop.project, old, 24).newInRelease()).isNull();
  }

  @Test
  void escalationIsFoundToldOnceAndGoesAway() {
    ClusterKey key = ofADay();
    keep();
    assertThat(view(key).state()).isEqualTo(TriageState.OPEN);

    for (int i = 0; i < 12; i++) {
      visit("boom", "1.0", "Chrome");
    }
    keep();
    keep();

    assertThat(view(key).state()).isEqualTo(TriageState.ESCALATING);
    assertThat(escalated()).hasSize(1);
    assertThat(escalated().get(0).sessionsLastHour()).isEqualTo(13);
    assertThat(escalated().get(0).usualPerHour()).isLessThan(3);

    shop.clock.pass(Duration.ofHours(4));
    keep();
    assertThat(view(key).state()).isEqualTo(TriageState.OPEN);
    assertThat(activities.of(shop.project, key, 10, null).items())
        .extracting(ActivityEntry::what)
        .contains("found that it has calmed down: open again");
    assertThat(escalated()).hasSize(1);
  }

  @Test
  void ofMutedIssuesOnlyThoseEscalateThatAreMutedUntilThen() {
    ClusterKey key = ofADay();
    set(key, "state = 'muted', muted_until = timestamptz '2030-01-01'");
    for (int i = 0; i < 12; i++) {
      visit("boom", "1.0", "Chrome");
    }
    keep();
    assertThat(view(key).state()).isEqualTo(TriageState.MUTED);

    set(key, "mute_until_escalating = true");
    visit("boom", "1.0", "Chrome");
    keep();
    assertThat(view(key).state()).isEqualTo(TriageState.ESCALATING);
    assertThat(view(key).mutedUntil()).isNull();
  }

  @Test
  void decisionAboutAnEscalatingIssueStands() {
    ClusterKey key = ofADay();
    for (int i = 0; i < 12; i++) {
      visit("boom", "1.0", "Chrome");
    }
    keep();
    set(key, "state = 'resolved', resolved_at = timestamptz '2030-01-01'");

    shop.clock.pass(Duration.ofHours(4));
    keep();

    assertThat(view(key).state()).isEqualTo(TriageState.RESOLVED);
  }

  /** One session every other hour for a day and more. */
  private ClusterKey ofADay() {
    ClusterKey key = visit("boom", "1.0", "Chrome");
    for (int i = 0; i < 15; i++) {
      shop.clock.pass(Duration.ofHours(2));
      visit("boom", "1.0", "Chrome");
      keep();
    }
    return key;
  }

  private ClusterKey visit(String label, String release, String browser) {
    return shop.visitOf("s" + visits++, release, browser, shop.exception("m1", label));
  }

  private void keep() {
    shop.settle();
    shop.database.inTransaction(keeping::run);
  }

  private void sight() {
    new Releases(shop.jdbi).sight(shop.clock.instant().minus(Duration.ofDays(1)));
  }

  private void set(ClusterKey key, String what) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set " + what + " where project_id = ? and key = ?",
                shop.project,
                key));
  }

  private IssueView view(ClusterKey key) {
    return shop.queries.find(shop.project, key).orElseThrow();
  }

  private List<IssueEscalated> escalated() {
    return escalations.fired().stream()
        .filter(one -> one.projectId().equals(shop.project))
        .toList();
  }

  private List<Map<String, Object>> stored() {
    return shop.rows(
        "select hour, release, browser, sessions, markers from cluster_hour where project_id = ?",
        shop.project);
  }
}
