package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
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
    return shop.inTransaction(
        () -> shop.slices.step(shop.project, new TransferSlices.Task(large, target)));
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }
}
