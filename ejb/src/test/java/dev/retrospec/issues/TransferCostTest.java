package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What a merge of a large issue, and taking it apart again, cost. Prints the figures of {@code
 * bench/results/clusters.md} when {@code retrospec.transfer} says how many markers (100,000).
 */
class TransferCostTest {

  private static final int MARKERS =
      Integer.getInteger("retrospec.transfer", IssueMerge.AT_ONCE + 1_000);

  private final Incidents shop = new Incidents();
  private double longestMs;
  private double allMs;
  private int transactions;

  @Test
  void noTransactionIsLongerThanASlice() {
    ClusterKey whole = visit("s1", "boom");
    ClusterKey part = visit("s2", "bang");
    ClusterStock.fill(shop, whole, MARKERS);
    ClusterStock.fill(shop, part, MARKERS);
    shop.settle();

    double merged =
        timed(
            () ->
                shop.merge.merge(
                    shop.project, new IssueMerge.Request(whole, List.of(part), null, "ann")));
    finish("merge", merged, new TransferSlices.Task(part, whole));
    assertThat(shop.cluster(whole).markerCount()).isEqualTo(2 * MARKERS + 2);

    double separated =
        timed(() -> shop.separation.separate(shop.project, whole, part, "not one", "ann"));
    finish("not the same", separated, new TransferSlices.Task(whole, part));
    assertThat(shop.cluster(part).markerCount()).isEqualTo(MARKERS + 1);
    assertThat(shop.miscounted()).isEmpty();
  }

  private void finish(String what, double answered, TransferSlices.Task task) {
    boolean more = true;
    while (more) {
      boolean[] goOn = new boolean[1];
      timed(() -> goOn[0] = shop.slices.step(shop.project, task));
      more = goOn[0];
    }
    System.out.printf(
        "%s of %,d markers: answer %.0f ms, longest transaction %.0f ms, %d of them in %.1f s%n",
        what, MARKERS, answered, longestMs, transactions, allMs / 1_000);
    assertThat(transactions).isGreaterThan(MARKERS / TransferSlices.SLICE);
    longestMs = 0;
    allMs = 0;
    transactions = 0;
    shop.settle();
  }

  private <T> double timed(Callable<T> work) {
    long began = System.nanoTime();
    shop.inTransaction(work);
    double milliseconds = (System.nanoTime() - began) / 1e6;
    longestMs = Math.max(longestMs, milliseconds);
    allMs += milliseconds;
    transactions++;
    return milliseconds;
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }
}
