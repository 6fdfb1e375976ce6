package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterFoldTest {

  private final Incidents shop = new Incidents();
  private final ExecutorService regroup = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    regroup.shutdownNow();
  }

  @Test
  void getsItsTurnWhileARegroupTakesTheLockAgainAndAgain() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> slices =
        regroup.submit(
            () -> {
              while (!over.get()) {
                shop.inTransaction(() -> aSliceOf(50, begun));
              }
            });
    begun.await();
    try {
      for (int turn = 0; turn < 3; turn++) {
        assertThat(shop.inTransaction(() -> shop.counts.lockSoon())).isTrue();
      }
    } finally {
      over.set(true);
      slices.get();
    }
  }

  @Test
  void doesNotWaitForLongAndWaitsForRowsAsBefore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<?> slice =
        regroup.submit(
            () ->
                shop.inTransaction(
                    () -> {
                      shop.counts.lock();
                      begun.countDown();
                      end.await();
                      return true;
                    }));
    begun.await();

    assertThat(shop.inTransaction(() -> shop.counts.lockSoon())).isFalse();
    end.countDown();
    slice.get();
    assertThat(
            shop.inTransaction(
                () -> {
                  assertThat(shop.counts.lockSoon()).isTrue();
                  return shop.rows("show lock_timeout").get(0).get("lock_timeout");
                }))
        .isEqualTo(shop.rows("show lock_timeout").get(0).get("lock_timeout"));
  }

  private boolean aSliceOf(int milliseconds, CountDownLatch begun) {
    shop.counts.lock();
    begun.countDown();
    shop.jdbi.useHandle(handle -> handle.execute("select pg_sleep(?)", milliseconds / 1_000.0));
    return true;
  }
}
