package dev.retrospec.issues.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueEscalated;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueMuteEnded;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
          shop.clock);

  private ClusterKey key = new ClusterKey("none");

  @BeforeEach
  void breakSomething() {
    shop.promotions.observedBy(log::promoted);
    shop.regressions.observedBy(log::regressed);
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
