package dev.retrospec.issues.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.AliasKind;
import dev.retrospec.issues.ClustersJoined;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueMuteEnded;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.IssueSplit;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueActivitiesTest {

  private static final Actor ANN = Actor.user("ann");

  private final Incidents shop = new Incidents();
  private final IssueActivities activities = new IssueActivities(shop.jdbi, shop.decisions);
  private final ActivityLog log = new ActivityLog(activities, shop.clock);
  private final IssueTriage triage =
      new IssueTriage(
          new IssueClusters(shop.database.entityManager()),
          new IssueMutes(shop.jdbi),
          activities,
          shop.decisions,
          new RecordedEvents<IssueResolved>(),
          new RecordedEvents<>(),
          new RecordedEvents<>(),
          shop.clock);

  private final GroupingDecisions decisions =
      new GroupingDecisions(
          shop.merge, shop.split, shop.separation, shop.slices, activities, shop.clock);

  private ClusterKey key = new ClusterKey("none");

  @BeforeEach
  void breakSomething() {
    shop.promotions.observedBy(log::promoted);
    shop.regressions.observedBy(log::regressed);
    shop.joins.observedBy(log::joined);
    key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
  }

  @Test
  void tellsWhoDidWhatTheLatestFirst() {
    decide(new TriageChange(TriageState.ACKNOWLEDGED, "bob", null, null, null, null));
    shop.clock.pass(Duration.ofMinutes(1));
    decide(new TriageChange(TriageState.RESOLVED, null, "a race", null, "2.4.1", null));

    assertThat(said())
        .containsExactly(
            "ann wrote",
            "ann resolved it in 2.4.1",
            "ann assigned it to bob",
            "ann acknowledged it",
            "RetroSpec made it an issue");
    ActivityEntry latest = entries().get(0);
    assertThat(latest.note()).isEqualTo("a race");
    assertThat(latest.at()).isEqualTo(shop.clock.instant());
    assertThat(latest.actorKind()).isEqualTo(Actor.Kind.USER);
  }

  @Test
  void whatStaysAsItWasIsNotTold() {
    TriageChange change = new TriageChange(TriageState.RESOLVED, "bob", "done", null, null, null);
    decide(change);
    int before = entries().size();

    decide(change);

    assertThat(entries()).hasSize(before);
  }

  @Test
  void decisionThatIsRefusedLeavesNoTrace() {
    assertThatThrownBy(
            () -> decide(new TriageChange(TriageState.RESOLVED, null, null, null, null, 7)))
        .isInstanceOf(ChangedMeanwhile.class);

    assertThat(said()).containsExactly("RetroSpec made it an issue");
  }

  @Test
  void muteIsToldWithAllThatEndsIt() {
    decide(
        new TriageChange(
            TriageState.MUTED,
            null,
            null,
            new MuteCondition(Instant.parse("2026-03-04T12:00:00Z"), 10, 1, true),
            null,
            null));

    assertThat(said().get(0))
        .isEqualTo(
            "ann muted it until 4 Mar 2026, 12:00 UTC or 10 more sessions show it or 1 more user"
                + " meets it or it escalates");
  }

  @Test
  void systemTellsWhatItFinds() {
    shop.inTransaction(
        () -> {
          log.muteEnded(new IssueMuteEnded(shop.project, key, "2 more sessions showed it"));
          log.escalated(new IssueEscalated(shop.project, key, 42, 3.25));
          return true;
        });
    decide(new TriageChange(TriageState.RESOLVED, null, null, null, null, null));
    shop.clock.pass(Duration.ofMinutes(1));
    shop.visit("s3", "u:cy", shop.exception("m1", "boom"));

    assertThat(said())
        .contains(
            "RetroSpec opened it again: 2 more sessions showed it",
            "RetroSpec found it escalating: 42 sessions within an hour, usually 3.3",
            "RetroSpec found it again in a session after its resolution");
  }

  @Test
  void longLogIsReadInPieces() {
    for (int i = 0; i < 5; i++) {
      decide(new TriageChange(TriageState.OPEN, "person " + i, null, null, null, null));
    }

    Page<ActivityEntry> first = activities.of(shop.project, key, 3, null);
    Page<ActivityEntry> rest =
        activities.of(shop.project, key, 200, Cursor.parse(String.valueOf(first.nextCursor())));

    assertThat(first.items()).hasSize(3);
    assertThat(rest.nextCursor()).isNull();
    assertThat(first.items()).doesNotContainAnyElementsOf(rest.items());
    assertThat(first.items().size() + rest.items().size()).isEqualTo(entries().size());
  }

  @Test
  void logFollowsAMergedIssueAndIsReadByItsOldKey() {
    ClusterKey other = shop.only(shop.visit("s3", "u:cy", shop.exception("m1", "bang")).touched());
    shop.visit("s4", "u:dee", shop.exception("m1", "bang"));
    decide(new TriageChange(TriageState.ACKNOWLEDGED, null, null, null, null, null));

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(other, List.of(key), null, null)));

    assertThat(said()).contains("ann acknowledged it").hasSize(3);
  }

  @Test
  void aMergeIsToldOnceByWhoDidItAndOnWhoseBehalf() {
    ClusterKey one = another("bang");
    ClusterKey other = another("crash");
    IssueMerge.Request request =
        new IssueMerge.Request(key, List.of(one, other), "same cause", "ada");

    merge(request, Actor.key("CI"));
    merge(request, Actor.key("CI"));

    assertThat(entries().get(0).note()).isEqualTo("same cause");
    assertThat(said())
        .filteredOn(line -> line.contains("merged"))
        .containsExactly(
            "CI merged 2 issues (" + one + ", " + other + ") into it on behalf of ada");
  }

  @Test
  void aSplitIsToldByBothSides() {
    IssueSplit.Result result =
        shop.inTransaction(
            () ->
                decisions.split(
                    shop.project,
                    key,
                    new IssueSplit.Request(List.of(new SessionId("s2")), null, null),
                    ANN));

    assertThat(said().get(0)).isEqualTo("ann split a session off as " + result.newClusterKey());
    assertThat(said(result.newClusterKey()))
        .containsExactly("ann split it with a session off from " + key);
  }

  @Test
  void aSeparationIsToldByBothSides() {
    ClusterKey part = another("bang");
    merge(new IssueMerge.Request(key, List.of(part), null, null), ANN);

    shop.inTransaction(
        () -> decisions.separate(shop.project, key, part, "another place", "ann", ANN));

    assertThat(said().get(0)).isEqualTo("ann took " + part + " out of it: not the same");
    assertThat(entries().get(0).note()).isEqualTo("another place");
    assertThat(said(part)).containsExactly("ann took it out of " + key + ": not the same");
  }

  @Test
  void whatAMachineJoinsIsToldWithItsReason() {
    ClusterKey alike = new ClusterKey("v2-alike");
    ClusterKey older = new ClusterKey("v1-older");

    log.joined(joined(alike, AliasKind.LIKENESS, 0.934));
    log.joined(joined(older, AliasKind.REGROUP, null));
    log.joined(joined(older, AliasKind.HAND, null)); // which whoever did it says

    assertThat(said())
        .startsWith(
            "RetroSpec grouped what was v1-older under this key",
            "RetroSpec found v2-alike alike (0.93) and made it part of it")
        .hasSize(3);
  }

  private ClustersJoined joined(ClusterKey source, AliasKind kind, @Nullable Double score) {
    return new ClustersJoined(shop.project, Set.of(source), key, kind, score);
  }

  private ClusterKey another(String label) {
    ClusterKey made =
        shop.only(shop.visit("s1-" + label, "u:cy", shop.exception("m1", label)).touched());
    shop.visit("s2-" + label, "u:dee", shop.exception("m1", label));
    return made;
  }

  private void merge(IssueMerge.Request request, Actor actor) {
    shop.inTransaction(() -> decisions.merge(shop.project, request, actor));
  }

  private List<String> said(ClusterKey of) {
    return activities.of(shop.project, of, 50, null).items().stream()
        .map(entry -> entry.actor() + " " + entry.what())
        .toList();
  }

  @Test
  void logGoesWithAnIssueThatIsGone() {
    shop.jdbi.useHandle(
        handle -> handle.execute("delete from issue_cluster where project_id = ?", shop.project));

    activities.sweep(shop.clock.instant());
    assertThat(entries()).hasSize(1);
    activities.sweep(shop.clock.instant().plus(Duration.ofDays(1)));
    assertThat(entries()).isEmpty();
  }

  private void decide(TriageChange change) {
    shop.inTransaction(() -> triage.change(shop.project, key, change, ANN));
  }

  private List<ActivityEntry> entries() {
    return activities.of(shop.project, key, 200, null).items();
  }

  private List<String> said() {
    return entries().stream().map(entry -> entry.actor() + " " + entry.what()).toList();
  }
}
