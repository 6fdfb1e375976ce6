package dev.retrospec.bench.similarity;

/**
 * How many pairs were called the same failure, rightly and wrongly.
 *
 * @param right called the same, and are
 * @param wrong called the same, and are not
 * @param missed are the same, and were not called so
 */
public record PairCounts(long right, long wrong, long missed) {

  public static final PairCounts NONE = new PairCounts(0, 0, 0);

  public PairCounts with(boolean same, boolean called) {
    return new PairCounts(
        right + (same && called ? 1 : 0),
        wrong + (!same && called ? 1 : 0),
        missed + (same && !called ? 1 : 0));
  }

  public double precision() {
    return right + wrong == 0 ? 1 : (double) right / (right + wrong);
  }

  public double recall() {
    return right + missed == 0 ? 1 : (double) right / (right + missed);
  }

  public double f1() {
    return right == 0 ? 0 : 2.0 * right / (2 * right + wrong + missed);
  }
}
