package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Not the same" of a part that has more markers than are moved at once. */
class LargePartTest {

  private static final int PART = 2 * TransferSlices.SLICE + 300;
  private static final int REST = 400;

  private final Incidents shop = new Incidents();
  private ClusterKey whole;
  private ClusterKey part;

  @BeforeEach
  void aLargePart() {
    whole = visit("s1", "boom");
    part = visit("s2", "bang");
    ClusterStock.fill(shop, whole, REST);
    ClusterStock.fill(shop, part, PART);
    shop.inTransaction(
        () -> {
          shop.union.unite(shop.project, Set.of(part), whole, AliasOrigin.hand("the same", "ann"));
          return true;
        });
    shop.settle();
  }

  @Test
  void theAnswerComesAfterTheFirstSliceAndWorkersMoveTheRest() {
    IssueSeparation.Result result = separate();

    assertThat(result.state()).isEqualTo(TransferState.MOVING);
    assertThat(result.movedMarkerCount()).isEqualTo(TransferSlices.SLICE);
    assertThat(result.cluster().markerCount() + result.separatedCluster().markerCount())
        .isEqualTo(REST + PART + 2);
    assertThat(shop.transfers.of(shop.project, whole))
        .singleElement()
        .satisfies(
            way -> {
              assertThat(way.to()).isEqualTo(part);
              assertThat(way.failure()).isNull();
              assertThat(way.by()).isEqualTo("ann");
            });
    assertThat(jobs()).isEqualTo(1);
    assertThatThrownBy(this::separate)
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("already");
    // What comes in goes there at once, of new visitors and of those that are known.
    assertThat(visit("s3", "bang")).isEqualTo(part);
    shop.visit("s2", "u:s2", shop.exception("m2", "bang"));
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();

    int steps = 0;
    while (step()) {
      steps++;
      shop.settle();
      assertThat(shop.miscounted()).isEmpty();
    }

    assertThat(steps).isGreaterThan(2);
    assertThat(shop.cluster(part).markerCount()).isEqualTo(PART + 3);
    assertThat(shop.cluster(part).sessionCount()).isEqualTo(PART + 2);
    assertThat(shop.cluster(whole).markerCount()).isEqualTo(REST + 1);
    assertThat(shop.transfers.of(shop.project, whole)).isEmpty();
    assertThat(shop.transferred.fired())
        .containsExactly(new MarkersTransferred(shop.project, whole, part, false, PART + 1));
    assertThat(shop.constraints.refused(shop.project, whole, List.of(part))).containsExactly(part);
    assertThat(step()).as("again").isFalse();
    assertThat(shop.transferred.fired()).hasSize(1);
  }

  @Test
  void aSliceThatIsRolledBackIsDoneAgainAndNothingTwice() {
    separate();
    step();
    assertThatThrownBy(
            () ->
                shop.inTransaction(
                    () -> {
                      shop.slices.step(shop.project, new TransferSlices.Task(whole, part));
                      throw new IllegalStateException("The server is stopped");
                    }))
        .hasMessageContaining("stopped");

    finish();

    assertThat(shop.cluster(part).markerCount()).isEqualTo(PART + 1);
    assertThat(shop.cluster(whole).markerCount()).isEqualTo(REST + 1);
  }

  @Test
  void whatARequestThatWasUnderWayLeftBehindIsFoundByTheSecondLook() {
    separate();
    while (shop.count(
            "select count(*) from marker_transfer where project_id = ? and second_look",
            shop.project)
        == 0) {
      assertThat(step()).isTrue();
    }
    shop.inTransaction(
        () -> {
          for (String sql :
              List.of(
                  "update error_marker set cluster_key = ? where project_id = ?"
                      + " and session_id = 's2'",
                  "update cluster_session set cluster_key = ? where project_id = ?"
                      + " and session_id = 's2'",
                  "update cluster_user set cluster_key = ? where project_id = ?"
                      + " and visitor = 'u:s2'")) {
            shop.jdbi.useHandle(handle -> handle.execute(sql, whole, shop.project));
          }
          shop.counts.recount(shop.project, List.of(whole, part));
          return true;
        });

    finish();

    assertThat(
            shop.count(
                "select count(*) from error_marker where project_id = ? and cluster_key = ?",
                shop.project,
                part))
        .isEqualTo(PART + 1);
  }

  @Test
  void whoeverMergesThemAgainOnTheWayHasTheLastWord() {
    separate();
    step();
    merge(whole, part);

    assertThat(step()).isFalse();
    shop.settle();

    assertThat(shop.cluster(whole).markerCount()).isEqualTo(REST + PART + 2);
    assertThat(shop.transfers.of(shop.project, whole)).isEmpty();
    assertThat(shop.transferred.fired()).isEmpty();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void aClusterThatIsMergedAwayOnTheWayStillGivesThePartBack() {
    ClusterKey other = visit("s4", "crash");
    separate();
    merge(other, whole);

    finish();

    assertThat(shop.cluster(part).markerCount()).isEqualTo(PART + 1);
    assertThat(shop.cluster(other).markerCount()).isEqualTo(REST + 2);
    assertThat(shop.transferred.fired())
        .containsExactly(new MarkersTransferred(shop.project, other, part, false, PART + 1));
  }

  @Test
  void oneThatStoppedIsShownAndGoesOnWhenItIsAskedForAgain() {
    separate();
    shop.inTransaction(
        () -> {
          shop.transfers.fail(shop.project, whole, part, "the database was away");
          return true;
        });
    assertThat(shop.transfers.of(shop.project, part))
        .extracting(MarkerTransfer::failure)
        .containsExactly("the database was away");
    assertThat(shop.transfers.any(shop.project)).isFalse();

    assertThat(separate().state()).isEqualTo(TransferState.MOVING);
    assertThat(jobs()).isEqualTo(2);
    finish();

    assertThat(shop.cluster(part).markerCount()).isEqualTo(PART + 1);
  }

  @Test
  void aLargeClusterIsNotMergedAwayMeanwhile() {
    ClusterKey other = visit("s-other", "another");
    separate();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set marker_count = ? where project_id = ? and key = ?",
                10 * IssueMerge.AT_ONCE,
                shop.project,
                whole));

    assertThatThrownBy(() -> merge(other, whole))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("is being taken out");
  }

  @Test
  void noRegroupBeginsMeanwhile() {
    separate();
    ClusterRegroup regroup = shop.regroup();

    assertThatThrownBy(() -> regroup.request(shop.project, false, null))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("taken apart");
  }

  private void finish() {
    while (step()) {
      // The worker does the same.
    }
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();
  }

  private boolean step() {
    return shop.inTransaction(
        () -> shop.slices.step(shop.project, new TransferSlices.Task(whole, part)));
  }

  private IssueSeparation.Result separate() {
    return shop.inTransaction(
        () -> shop.separation.separate(shop.project, whole, part, "not one", "ann"));
  }

  private void merge(ClusterKey target, ClusterKey source) {
    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), null, "ann")));
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }

  private long jobs() {
    return shop.count(
        "select count(*) from job where project_id = ? and kind = ? and subject = ?",
        shop.project,
        JobKind.REGROUP.wireName(),
        part);
  }
}
