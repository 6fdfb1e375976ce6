package dev.retrospec.bench.similarity;

/**
 * How many pairs were called the same failure, rightly and wrongly.
 *
 * @param right called the same, and are
 * @param wrong called the same, and are not
 * @param missed are the same, and were not called so
 */
record PairCounts(long right, long wrong, long missed) {

  static final PairCounts NONE = new PairCounts(0, 0, 0);

  PairCounts with(boolean same, boolean called) {
    return new PairCounts(
        right + (same && called ? 1 : 0),
        wrong + (!same && called ? 1 : 0),
        missed + (same && !called ? 1 : 0));
  }

  double precision() {
    return right + wrong == 0 ? 1 : (double) right / (right + wrong);
  }

  double recall() {
    return right + missed == 0 ? 1 : (double) right / (right + missed);
  }

  double f1() {
    return right == 0 ? 0 : 2.0 * right / (2 * right + wrong + missed);
  }
}
