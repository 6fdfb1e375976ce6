package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.testing.LockOrder;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of a stored marker changes; here its label stands for what a source map tells. */
class MarkerRegroupingTest {

  private final Incidents shop = new Incidents();
  private final IssueMerge merge = shop.merge;
  private final IssueSplit split = shop.split;

  @Test
  void markersGoToTheClusterOfTheirNewFingerprintWithSessionsVisitorsAndCounts() {
    ClusterKey known = visit("s1", "u:ann", "m1", "cart is empty");
    ClusterKey minified = visit("s2", "u:bob", "m1", "e is empty");
    visit("s3", "u:cy", "m1", "e is empty");
    shop.visit("s2", "u:bob", shop.exception("m2", "e is empty"));

    tell("s2", "cart is empty");
    int moved = regroup("s2", "m1", "m2");
    shop.settle();

    assertThat(moved).isEqualTo(2);
    assertThat(shop.cluster(known))
        .satisfies(
            cluster -> {
              assertThat(cluster.sessionCount()).isEqualTo(2);
              assertThat(cluster.userCount()).isEqualTo(2);
              assertThat(cluster.markerCount()).isEqualTo(3);
              assertThat(cluster.promotedAt()).isNotNull();
            });
    assertThat(shop.cluster(minified))
        .satisfies(
            cluster -> {
              assertThat(cluster.sessionCount()).isEqualTo(1);
              assertThat(cluster.userCount()).isEqualTo(1);
              assertThat(cluster.markerCount()).isEqualTo(1);
              assertThat(cluster.representativeSessionId()).isEqualTo(new SessionId("s3"));
            });
    assertThat(regroup("s2", "m1", "m2", "unknown")).isZero();
    everythingIsCountedAsItIs();
  }

  @Test
  void oneOfTwoMarkersOfASessionLeavesTheOtherWhereItIs() {
    ClusterKey minified = visit("s1", "u:ann", "m1", "e is empty");
    shop.visit("s1", "u:ann", shop.exception("m2", "e is empty"));

    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set label = 'cart is empty'"
                    + " where project_id = ? and id = 'm1'",
                shop.project));
    assertThat(regroup("s1", "m1", "m2")).isEqualTo(1);
    shop.settle();

    assertThat(shop.cluster(minified).markerCount()).isEqualTo(1);
    assertThat(
            shop.rows(
                "select first_marker_id from cluster_session"
                    + " where project_id = ? and cluster_key = ?",
                shop.project,
                minified))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("first_marker_id", "m2"));
    everythingIsCountedAsItIs();
  }

  /** A request has the session's row, and promotes the cluster then. */
  @Test
  void targetThatARequestOfTheSameSessionIsAboutToPromoteIsNotLockedBeforeTheSession()
      throws Exception {
    ClusterKey known = visit("s1", "u:ann", "m0", "cart is empty");
    visit("s1", "u:ann", "m1", "e is empty");
    visit("s2", "u:bob", "m1", "e is empty");
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set label = 'cart is empty'"
                    + " where project_id = ? and session_id = 's1'",
                shop.project));

    int free =
        LockOrder.freeWhileWaiting(
            shop.database,
            LockOrder.Rows.of(
                "select 1 from cluster_session where project_id = ? and cluster_key = ?"
                    + " and session_id = 's1' for update",
                shop.project,
                known),
            LockOrder.Rows.of(
                "select 1 from issue_cluster where project_id = ? and key = ?"
                    + " for no key update skip locked",
                shop.project,
                known),
            () ->
                shop.regrouping.regroup(
                    shop.project, new SessionId("s1"), Set.of(new MarkerId("m1"))));

    assertThat(free).isEqualTo(1);
    shop.settle();
    assertThat(shop.cluster(known).promotionReason()).startsWith("Regrouped from an issue: ");
    everythingIsCountedAsItIs();
  }

  @Test
  void clusterThatNothingIsLeftOfLivesOnUnderTheNewKey() {
    ClusterKey minified = visit("s1", "u:ann", "m1", "e is empty");
    visit("s2", "u:bob", "m1", "e is empty");
    shop.settle();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'acknowledged', assignee = 'ann',"
                    + " state_updated_at = now() where project_id = ? and key = ?",
                shop.project,
                minified));

    tell("s1", "cart is empty");
    regroup("s1", "m1");
    tell("s2", "cart is empty");
    regroup("s2", "m1");
    shop.settle();

    ClusterKey key = visit("s3", "u:cy", "m1", "cart is empty");
    shop.settle();
    assertThat(key).isNotEqualTo(minified);
    assertThat(shop.queries.find(shop.project, minified).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.key()).isEqualTo(key);
              assertThat(issue.assignee()).isEqualTo("ann");
              assertThat(issue.state()).isEqualTo(TriageState.ACKNOWLEDGED);
              assertThat(issue.sessionCount()).isEqualTo(3);
              assertThat(issue.userCount()).isEqualTo(3);
            });
    assertThat(shop.queries.cluster(shop.project, minified)).isEmpty();
    everythingIsCountedAsItIs();
  }

  @Test
  void whatTurnsOutToBeAKnownIssueDoesNotMuteIt() {
    ClusterKey known = visit("s1", "u:ann", "m1", "cart is empty");
    visit("s2", "u:bob", "m1", "cart is empty");
    ClusterKey minified = visit("s3", "u:cy", "m1", "e is empty");
    shop.settle();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'muted', state_updated_at = now()"
                    + " where project_id = ? and key = ?",
                shop.project,
                minified));

    tell("s3", "cart is empty");
    regroup("s3", "m1");
    shop.settle();

    assertThat(shop.decisions.current(shop.project, minified)).isEqualTo(known);
    assertThat(shop.queries.find(shop.project, known).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.state()).isEqualTo(TriageState.OPEN);
              assertThat(issue.symptom()).isEqualTo("cart is empty");
              assertThat(issue.sessionCount()).isEqualTo(3);
            });
    everythingIsCountedAsItIs();
  }

  @Test
  void whatFallsApartLivesOnInItsLargestPartWhicheverLeftLast() {
    ClusterKey minified = visit("s1", "u:1", "m1", "e is empty");
    for (String session : List.of("s2", "s3", "s4")) {
      visit(session, "u:" + session, "m1", "e is empty");
    }
    shop.settle();
    for (String session : List.of("s1", "s2", "s3")) {
      tell(session, "cart is empty");
      regroup(session, "m1");
    }
    tell("s4", "list is empty");
    regroup("s4", "m1");

    assertThat(shop.decisions.current(shop.project, minified))
        .isEqualTo(visit("s5", "u:5", "m1", "cart is empty"));
    everythingIsCountedAsItIs();
  }

  @Test
  void whatSomebodySeparatedDoesNotTakeTheRest() {
    ClusterKey whole = visit("s1", "u:1", "m1", "e is empty");
    ClusterKey part = visit("s2", "u:2", "m1", "f is empty");
    visit("s3", "u:3", "m1", "f is empty");
    shop.inTransaction(
        () -> merge.merge(shop.project, new IssueMerge.Request(whole, List.of(part), null, "ann")));
    shop.inTransaction(() -> shop.separation.separate(shop.project, whole, part, "not one", "ann"));

    tell("s1", "cart is empty");
    regroup("s1", "m1");

    assertThat(shop.decisions.current(shop.project, whole))
        .isNotEqualTo(part)
        .isEqualTo(visit("s4", "u:4", "m1", "cart is empty"));
    everythingIsCountedAsItIs();
  }

  @Test
  void whatTookMostAndIsGoneOrWasMergedBackIsNotAskedAnyMore() {
    ClusterKey minified = visit("s1", "u:1", "m1", "e is empty");
    for (String session : List.of("s2", "s3", "s4", "s5")) {
      visit(session, "u:" + session, "m1", "e is empty");
    }
    for (String session : List.of("s1", "s2")) {
      tell(session, "cart is empty");
      regroup(session, "m1");
    }
    ClusterKey back = visit("s1", "u:1", "m2", "cart is empty");
    shop.inTransaction(
        () ->
            merge.merge(
                shop.project, new IssueMerge.Request(minified, List.of(back), null, "ann")));
    for (String session : List.of("s1", "s2", "s3", "s4", "s5")) {
      tell(session, "list is empty");
      regroup(session, "m1", "m2");
    }

    assertThat(shop.decisions.current(shop.project, minified))
        .isEqualTo(visit("s6", "u:6", "m1", "list is empty"));
    everythingIsCountedAsItIs();
  }

  @Test
  void whatIsMadeByRegroupingIsAsOldAsTheOldestThatItTook() {
    Instant first = shop.clock.instant();
    visit("s2", "u:1", "m1", "e is empty");
    shop.clock.pass(Duration.ofDays(3));
    visit("s1", "u:2", "m1", "e is empty");
    for (String session : List.of("s1", "s2")) {
      tell(session, "cart is empty");
      regroup(session, "m1");
    }
    ClusterKey made = visit("s3", "u:3", "m1", "cart is empty");

    assertThat(shop.cluster(made).firstSeenAt()).isEqualTo(first);
  }

  @Test
  void whatOnlyMovedHasNotBeenSeenAgain() {
    ClusterKey known = visit("s1", "u:ann", "m1", "cart is empty");
    visit("s2", "u:bob", "m1", "e is empty");
    visit("s3", "u:cy", "m1", "e is empty");
    visit("s4", "u:dee", "m1", "e is empty");
    shop.settle();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'muted', mute_sessions = 2,"
                    + " mute_sessions_left = 2 where project_id = ? and key = ?",
                shop.project,
                known));

    for (String session : List.of("s2", "s3")) {
      tell(session, "cart is empty");
      regroup(session, "m1");
    }
    assertThat(shop.cluster(known).state())
        .as("before the counts are folded")
        .isEqualTo(TriageState.MUTED);
    shop.settle();

    assertThat(shop.cluster(known).state()).isEqualTo(TriageState.MUTED);
    assertThat(shop.cluster(known).sessionCount()).isEqualTo(3);
    assertThat(
            shop.count(
                "select mute_sessions_left from issue_cluster where project_id = ? and key = ?",
                shop.project,
                known))
        .isEqualTo(2);
  }

  @Test
  void hoursOfBothSidesAreWrittenAnewFromTheOldestThatMoved() {
    visit("s1", "u:ann", "m1", "cart is empty");
    visit("s2", "u:bob", "m1", "e is empty");
    shop.settle();
    Instant seen = shop.clock.instant();
    shop.jdbi.useHandle(
        handle ->
            handle.execute("delete from cluster_hour_due where project_id = ?", shop.project));
    shop.clock.pass(Duration.ofHours(3));
    visit("s3", "u:cy", "m1", "e is empty");

    tell("s2", "cart is empty");
    regroup("s2", "m1");

    assertThat(shop.rows("select since from cluster_hour_due where project_id = ?", shop.project))
        .extracting(row -> ((Timestamp) row.get("since")).toInstant())
        .containsExactly(seen, seen);
  }

  @Test
  void whatIsMadeByRegroupingIsComparedWithTheOthersToo() {
    visit("s1", "u:ann", "m1", "e is empty");
    int before = shop.found.fired().size();

    tell("s1", "cart is empty");
    regroup("s1", "m1");

    assertThat(shop.found.fired()).hasSize(before + 1);
  }

  @Test
  void sessionThatWasSplitOffStaysApart() {
    ClusterKey minified = visit("s1", "u:ann", "m1", "e is empty");
    visit("s2", "u:bob", "m1", "e is empty");
    ClusterKey apart = split(minified, "s2");

    tell("s2", "cart is empty");
    assertThat(regroup("s2", "m1")).isZero();
    shop.visit("s2", "u:bob", shop.exception("m3", "cart is empty"));

    assertThat(shop.cluster(apart).markerCount()).isEqualTo(2);
    everythingIsCountedAsItIs();
  }

  @Test
  void whatWasMergedStaysMerged() {
    ClusterKey a = visit("s1", "u:ann", "m1", "boom");
    ClusterKey b = visit("s2", "u:bob", "m1", "e is empty");
    shop.inTransaction(
        () -> merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));

    tell("s2", "cart is empty");
    assertThat(regroup("s2", "m1")).isZero();

    assertThat(visit("s3", "u:cy", "m1", "cart is empty")).isEqualTo(a);
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(3);
    everythingIsCountedAsItIs();
  }

  @Test
  void markersOfAnotherKindOfKeyAreTakenToo() {
    shop.visit("s1", "u:ann", shop.marker("m1", MarkerKind.UI_NO_EFFECT, "Pay does nothing", "h"));
    assertThat(regroup("s1", "m1")).isZero();
  }

  private ClusterKey visit(String session, String visitor, String id, String label) {
    return shop.only(shop.visit(session, visitor, shop.exception(id, label)).touched());
  }

  private void tell(String session, String label) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set label = ? where project_id = ? and session_id = ?",
                label,
                shop.project,
                session));
  }

  private int regroup(String session, String... ids) {
    return shop.inTransaction(
        () ->
            shop.regrouping.regroup(
                shop.project,
                new SessionId(session),
                Set.copyOf(java.util.Arrays.stream(ids).map(MarkerId::new).toList())));
  }

  private ClusterKey split(ClusterKey source, String session) {
    return shop.inTransaction(
            () ->
                split.split(
                    shop.project,
                    source,
                    new IssueSplit.Request(List.of(new SessionId(session)), null, null)))
        .newClusterKey();
  }

  private void everythingIsCountedAsItIs() {
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();
  }
}
