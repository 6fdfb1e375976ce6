package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A merge of an issue that has more markers than are moved at once. */
class LargeMergeTest {

  private static final int LARGE = IssueMerge.AT_ONCE + 100;

  private final Incidents shop = new Incidents();
  private ClusterKey target;
  private ClusterKey large;

  @BeforeEach
  void aLargeIssue() {
    target = visit("s1", "boom");
    large = visit("s2", "bang");
    ClusterStock.fill(shop, large, LARGE);
    shop.settle();
  }

  @Test
  void theLargeOneIsNoIssueAnyMoreAndItsMarkersFollowInSlices() {
    ClusterKey small = visit("s3", "crash");

    IssueMerge.Result result = merge(large, small);

    assertThat(result.state()).isEqualTo(TransferState.MOVING);
    assertThat(result.movedMarkerCount()).isEqualTo(TransferSlices.SLICE + 1);
    assertThat(result.targetCluster().markerCount()).isEqualTo(TransferSlices.SLICE + 2);
    assertThat(result.targetCluster().promotedAt()).isNotNull();
    assertThat(shop.queries.find(shop.project, large).orElseThrow().key()).isEqualTo(target);
    assertThat(
            shop.count(
                "select count(*) from issue_cluster where project_id = ?"
                    + " and promoted_at is not null",
                shop.project))
        .isEqualTo(1);
    assertThat(shop.joins.fired()).hasSize(2);
    // What comes in goes to the target, of new visitors and of those that are known.
    assertThat(visit("s4", "bang")).isEqualTo(target);
    shop.visit("s2", "u:s2", shop.exception("m2", "bang"));

    int steps = 0;
    while (step()) {
      steps++;
      shop.settle();
    }
    shop.settle();

    assertThat(steps).isGreaterThan(3);
    assertThat(shop.cluster(target).markerCount()).isEqualTo(LARGE + 5);
    assertThat(shop.cluster(target).sessionCount()).isEqualTo(LARGE + 4);
    assertThat(shop.count("select count(*) from issue_cluster where project_id = ?", shop.project))
        .isEqualTo(1);
    assertThat(shop.transfers.of(shop.project, target)).isEmpty();
    assertThat(shop.transferred.fired())
        .containsExactly(new MarkersTransferred(shop.project, large, target, true, LARGE + 1));
    assertThat(shop.miscounted()).isEmpty();
    assertThat(merge(large).state()).isEqualTo(TransferState.DONE);
  }

  @Test
  void whoeverTakesItOutAgainOnTheWayGetsAllOfItBack() {
    merge(large);
    step();

    shop.inTransaction(
        () -> shop.separation.separate(shop.project, target, large, "not the same", "ann"));
    assertThat(step()).as("the merge is over").isFalse();
    while (shop.inTransaction(
        () -> shop.slices.step(shop.project, new TransferSlices.Task(target, large)))) {
      shop.settle();
    }
    shop.settle();

    assertThat(shop.cluster(large).markerCount()).isEqualTo(LARGE + 1);
    assertThat(shop.cluster(large).promotedAt()).isNotNull();
    assertThat(shop.cluster(target).markerCount()).isEqualTo(1);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatElseIsPartOfTheTargetStaysUntilAllHasArrived() {
    ClusterKey part = visit("s3", "crash");
    merge(part);
    merge(large);

    assertThatThrownBy(
            () ->
                shop.inTransaction(
                    () -> shop.separation.separate(shop.project, target, part, null, "ann")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("being merged into this one");
  }

  @Test
  void whatIsOnItsWayWhenALateMapRenamesItGoesWhereItIsLed() {
    merge(large);
    ClusterKey renamed = new ClusterKey("renamed");

    List<StoredMarker> waiting = new StoredMarkers(shop.jdbi).of(shop.project, large, "", "", 1);

    shop.inTransaction(
        () -> {
          shop.decisions.carry(
              shop.project,
              waiting,
              List.of(new ClusterDecisions.Derived(waiting.get(0).session(), renamed)));
          return true;
        });

    assertThat(shop.decisions.current(shop.project, renamed)).isEqualTo(target);
  }

  @Test
  void nothingIsMergedWhileARegroupMoves() {
    shop.inTransaction(() -> shop.regroup().request(shop.project, true, "ann"));
    merge(visit("s3", "crash"));
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update regroup_run set dry_run = false where project_id = ?", shop.project));

    assertThatThrownBy(() -> merge(visit("s4", "slip")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("a regroup of this project is under way");
  }

  @Test
  void whatIsTooLargeTogetherFollowsInSlicesToo() {
    ClusterKey other = visit("s3", "crash");
    ClusterKey third = visit("s4", "slip");
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set marker_count = ? where project_id = ? and key = any(?)",
                IssueMerge.AT_ONCE - 1,
                shop.project,
                new String[] {other.value(), third.value()}));

    IssueMerge.Result result = merge(other, third, large);

    assertThat(result.state()).isEqualTo(TransferState.MOVING);
    assertThat(result.movedMarkerCount()).isEqualTo(1);
    assertThat(shop.transfers.of(shop.project, target))
        .extracting(MarkerTransfer::from)
        .containsExactlyInAnyOrder(third, large);
    while (step() || step(third)) {
      // The worker does the same.
    }
    shop.settle();
    assertThat(shop.cluster(target).markerCount()).isEqualTo(LARGE + 4);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void oneThatStoppedGoesOnWhenTheMergeIsAskedForAgain() {
    merge(large);
    shop.inTransaction(
        () -> {
          shop.transfers.fail(shop.project, large, target, "the database was away");
          return true;
        });
    shop.settle();

    assertThat(merge(large).state()).isEqualTo(TransferState.MOVING);
    while (step()) {
      // The worker does the same.
    }
    shop.settle();

    assertThat(shop.cluster(target).markerCount()).isEqualTo(LARGE + 2);
    assertThat(shop.miscounted()).isEmpty();
  }

  private IssueMerge.Result merge(ClusterKey... sources) {
    return shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(sources), null, "ann")));
  }

  private boolean step() {
    return step(large);
  }

  private boolean step(ClusterKey source) {
    return shop.inTransaction(
        () -> shop.slices.step(shop.project, new TransferSlices.Task(source, target)));
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }
}
