package dev.retrospec.bench.similarity;

import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/** All pairs of a labelled set, with a score for each. */
final class Pairs {

  /** Which halves of the causes the two of a pair come from. */
  enum Halves {
    BOTH_FIRST,
    BOTH_SECOND,
    ACROSS
  }

  /**
   * @param a number of the one in the set
   * @param b number of the other
   * @param same whether they have one cause
   * @param sameTest whether one test told both
   * @param score 0 to 1
   */
  record Pair(int a, int b, boolean same, boolean sameTest, Halves halves, double score) {}

  private final int failures;
  private final List<Pair> pairs;

  private Pairs(int failures, List<Pair> pairs) {
    this.failures = failures;
    this.pairs = pairs;
  }

  static Pairs of(List<LabelledFailure> set, PairScore score) {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < set.size(); a++) {
      for (int b = a + 1; b < set.size(); b++) {
        LabelledFailure one = set.get(a);
        LabelledFailure other = set.get(b);
        boolean sameTest = one.test().equals(other.test());
        pairs.add(
            new Pair(
                a,
                b,
                one.cause().equals(other.cause()),
                sameTest,
                halves(one, other),
                score.of(a, b)));
      }
    }
    return new Pairs(set.size(), pairs);
  }

  /** Half of the causes, chosen by a hash of their names. */
  private static Halves halves(LabelledFailure one, LabelledFailure other) {
    boolean first = isFirst(one);
    if (first != isFirst(other)) {
      return Halves.ACROSS;
    }
    return first ? Halves.BOTH_FIRST : Halves.BOTH_SECOND;
  }

  private static boolean isFirst(LabelledFailure failure) {
    return (failure.cause().hashCode() >>> 4 & 1) == 0;
  }

  List<Pair> all() {
    return pairs;
  }

  /**
   * The same pairs with probabilities for scores, each half with what was learnt from the other, so
   * that nothing is judged by what it taught.
   */
  Pairs crossValidated() {
    Calibration first = learnt(Halves.BOTH_FIRST);
    Calibration second = learnt(Halves.BOTH_SECOND);
    return new Pairs(
        failures,
        pairs.stream()
            .map(
                pair ->
                    rescored(
                        pair,
                        pair.halves() == Halves.BOTH_FIRST
                            ? second::probability
                            : first::probability))
            .toList());
  }

  /** The same pairs with the probabilities of one table. */
  Pairs calibrated(Calibration calibration) {
    return new Pairs(
        failures, pairs.stream().map(p -> rescored(p, calibration::probability)).toList());
  }

  private static Pair rescored(Pair pair, DoubleUnaryOperator score) {
    return new Pair(
        pair.a(),
        pair.b(),
        pair.same(),
        pair.sameTest(),
        pair.halves(),
        score.applyAsDouble(pair.score()));
  }

  private Calibration learnt(Halves half) {
    return Calibration.fitted(
        pairs.stream()
            .filter(pair -> pair.halves() == half)
            .map(pair -> new Judged(pair.score(), pair.same()))
            .toList());
  }

  /** What the threshold makes of the pairs that count. */
  PairCounts at(double threshold, Predicate<Pair> counts) {
    PairCounts sum = PairCounts.NONE;
    for (Pair pair : pairs) {
      if (counts.test(pair)) {
        sum = sum.with(pair.same(), pair.score() >= threshold);
      }
    }
    return sum;
  }

  /** The threshold, in hundredths, with the best F1: the most that a method can reach here. */
  double bestThreshold() {
    double best = 1;
    double most = 0;
    for (int hundredths = 5; hundredths <= 100; hundredths++) {
      double f1 = at(hundredths / 100.0, pair -> true).f1();
      if (f1 > most) {
        most = f1;
        best = hundredths / 100.0;
      }
    }
    return best;
  }

  /** The share of failures whose most alike other one has the same cause; of equals the worst. */
  double nearestIsRight() {
    double[] best = new double[failures];
    boolean[] right = new boolean[failures];
    for (Pair pair : pairs) {
      for (int one : new int[] {pair.a(), pair.b()}) {
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
}
