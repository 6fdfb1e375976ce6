package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All pairs of a labelled set with a score for each. */
final class Pairs {

  /**
   * @param bothHeldOut both causes are in the second half
   * @param neitherHeldOut both causes are in the first half
   */
  record Pair(
      int a,
      int b,
      boolean same,
      boolean sameTest,
      boolean bothHeldOut,
      boolean neitherHeldOut,
      double score) {}

  private final List<Pair> pairs = new ArrayList<>();

  Pairs(List<LabelledFailure> set, PairScore score) {
    for (int a = 0; a < set.size(); a++) {
      for (int b = a + 1; b < set.size(); b++) {
        LabelledFailure one = set.get(a);
        LabelledFailure other = set.get(b);
        pairs.add(
            new Pair(
                a,
                b,
                one.cause().equals(other.cause()),
                one.test().equals(other.test()),
                heldOut(one) && heldOut(other),
                !heldOut(one) && !heldOut(other),
                score.of(a, b)));
      }
    }
  }

  /** Half of the causes, chosen by a hash of their names. */
  static boolean heldOut(LabelledFailure failure) {
    return (failure.cause().hashCode() >>> 4 & 1) == 1;
  }

  List<Pair> all() {
    return pairs;
  }

  PairCounts at(double threshold, Predicate<Pair> which) {
    PairCounts counts = PairCounts.NONE;
    for (Pair pair : pairs) {
      if (which.test(pair)) {
        counts = counts.with(pair.same(), pair.score() >= threshold);
      }
    }
    return counts;
  }

  /** The threshold, in hundredths, with the best F1 over all pairs. */
  double bestThreshold() {
    double best = 1;
    for (int hundredths = 5; hundredths <= 100; hundredths++) {
      double threshold = hundredths / 100.0;
      if (at(threshold, pair -> true).f1() > at(best, pair -> true).f1()) {
        best = threshold;
      }
    }
    return best;
  }

  /** The share of failures whose most alike other failure has the same cause. */
  double nearestIsRight(int failures) {
    double[] best = new double[failures];
    boolean[] right = new boolean[failures];
    for (Pair pair : pairs) {
      for (int one : new int[] {pair.a(), pair.b()}) {
        // Of equals the wrong one counts.
        if (pair.score() > best[one] || (pair.score() == best[one] && !pair.same())) {
          best[one] = pair.score();
          right[one] = pair.same() && pair.score() > 0;
        }
      }
    }
    int count = 0;
    for (boolean each : right) {
      count += each ? 1 : 0;
    }
    return (double) count / failures;
  }

  /** What a project would have judged of these pairs. */
  Calibration calibration(Predicate<Pair> which) {
    return Calibration.fitted(
        pairs.stream().filter(which).map(pair -> new Judged(pair.score(), pair.same())).toList());
  }

  /** The same pairs with another score. */
  Pairs mapped(java.util.function.ToDoubleFunction<Pair> score) {
    Pairs mapped = new Pairs();
    for (Pair p : pairs) {
      mapped.pairs.add(
          new Pair(
              p.a(),
              p.b(),
              p.same(),
              p.sameTest(),
              p.bothHeldOut(),
              p.neitherHeldOut(),
              score.applyAsDouble(p)));
    }
    return mapped;
  }

  private Pairs() {}
}
