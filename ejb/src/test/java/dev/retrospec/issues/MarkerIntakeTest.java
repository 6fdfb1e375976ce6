package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.ObservedMarker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MarkerIntakeTest {

  private final Incidents shop = new Incidents();

  @Test
  void sameFailureOfTwoVisitorsIsOneClusterWithBoth() {
    ClusterKey one = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    ClusterKey other = shop.only(shop.visit("s2", "u:bob", shop.exception("m1", "boom")).touched());

    assertThat(other).isEqualTo(one);
    IssueView cluster = shop.cluster(one);
    assertThat(cluster.sessionCount()).isEqualTo(2);
    assertThat(cluster.userCount()).isEqualTo(2);
    assertThat(cluster.markerCount()).isEqualTo(2);
    assertThat(cluster.symptom()).isEqualTo("boom");
    assertThat(cluster.representativeSessionId()).hasToString("s1");
    assertThat(cluster.representativeMarkerId()).isEqualTo(new MarkerId("m1"));
  }

  @Test
  void repeatedRequestCountsOnce() {
    ObservedMarker marker = shop.exception("m1", "boom");
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", marker).touched());

    MarkerIntake.Taken again = shop.visit("s1", "u:ann", marker);

    assertThat(again.added()).isEmpty();
    assertThat(again.touched()).isEmpty();
    assertThat(shop.cluster(key).markerCount()).isEqualTo(1);
    assertThat(shop.cluster(key).sessionCount()).isEqualTo(1);
  }

  @Test
  void oneVisitorInThreeSessionsIsOneUser() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:ann", shop.exception("m1", "boom"));
    shop.visit("s3", "u:ann", shop.exception("m1", "boom"), shop.exception("m2", "boom"));

    assertThat(shop.cluster(key).sessionCount()).isEqualTo(3);
    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    assertThat(shop.cluster(key).markerCount()).isEqualTo(4);
  }

  @Test
  void visitorWhoLogsInAfterTheFirstFailureStaysOneUser() {
    ClusterKey key = shop.only(shop.visit("s1", "a:77", shop.exception("m1", "boom")).touched());
    shop.settle();

    shop.visit("s1", "u:ann", shop.exception("m2", "other"));

    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    shop.visit("s2", "u:ann", shop.exception("m1", "boom"));
    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    shop.settle();
    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
    assertThat(shop.cluster(key).sessionCount()).isEqualTo(2);
  }

  @Test
  void loginIsNoticedWithoutAnotherFailure() {
    ClusterKey key = shop.only(shop.visit("s1", "a:77", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:ann", shop.exception("m1", "boom"));

    shop.visit("s1", "u:ann");

    assertThat(shop.cluster(key).userCount()).isEqualTo(1);
  }

  @Test
  void countsAreTheSameBeforeAndAfterFolding() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
    IssueView before = shop.cluster(key);

    shop.settle();

    assertThat(shop.count("select count(*) from cluster_delta where project_id = ?", shop.project))
        .isZero();
    assertThat(shop.cluster(key)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void lastSeenIsNeverInTheFuture() {
    ObservedMarker tomorrow = shop.exception("m1", "boom");
    shop.clock.pass(Duration.ofDays(-1));

    ClusterKey key = shop.only(shop.visit("s1", "u:ann", tomorrow).touched());

    assertThat(shop.cluster(key).lastSeenAt()).isEqualTo(shop.clock.instant());
  }

  @Test
  void anotherProjectsFailuresAreNotCounted() {
    Incidents other = new Incidents();
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());

    other.visit("s1", "u:ann", other.exception("m1", "boom"));

    assertThat(shop.cluster(key).sessionCount()).isEqualTo(1);
    assertThat(other.cluster(key).sessionCount()).isEqualTo(1);
  }

  @Test
  void countsAreExactWhenManyThreadsReportTheSameFailures() throws Exception {
    int threads = 8;
    int sessionsPerThread = 40;
    List<Callable<Void>> work = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int t = 0; t < threads; t++) {
      int thread = t;
      work.add(
          () -> {
            start.await();
            for (int i = 0; i < sessionsPerThread; i++) {
              // Two threads share each visitor; every session shows both failures, one of them
              // twice, in an order that differs from thread to thread.
              ObservedMarker a = shop.exception("m1", "boom");
              ObservedMarker b = shop.exception("m2", "bang");
              ObservedMarker c = shop.exception("m3", "boom");
              String session = "s" + thread + "-" + i;
              String visitor = "u:" + (thread / 2) + "-" + i;
              if (thread % 2 == 0) {
                shop.visit(session, visitor, a, b, c);
              } else {
                shop.visit(session, visitor, b, c, a);
              }
              if (i % 10 == thread) {
                shop.settle();
              }
            }
            return null;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> futures = work.stream().map(pool::submit).toList();
      start.countDown();
      for (Future<Void> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    shop.settle();

    List<IssueView> issues = shop.queries.list(shop.project, IssueFilter.ALL).items();
    assertThat(issues)
        .extracting(IssueView::symptom, IssueView::sessionCount, IssueView::userCount)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("boom", 320, 160),
            org.assertj.core.groups.Tuple.tuple("bang", 320, 160));
    assertThat(issues).extracting(IssueView::markerCount).containsExactlyInAnyOrder(640L, 320L);
    assertThat(shop.promotions.fired()).hasSize(2);
  }
}
