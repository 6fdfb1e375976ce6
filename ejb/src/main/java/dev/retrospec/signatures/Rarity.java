package dev.retrospec.signatures;

import java.util.Map;

/**
 * How telling a term is: rare ones tell much. Document frequencies come from the project's own
 * failures; a project without history weighs all terms alike.
 */
@FunctionalInterface
public interface Rarity {

  /**
   * Inverse document frequency, smoothed: {@code 1 + ln((1 + N) / (1 + df))}, at least 1 (as
   * scikit-learn's TfidfTransformer computes it).
   *
   * @param term of {@link Terms}
   */
  double idf(int term);

  /** Share of the documents that hold the term, 0 to 1, with the same smoothing. */
  default double share(int term) {
    return Math.min(1, Math.exp(1 - idf(term)));
  }

  /** Every term is as telling as the other. */
  static Rarity uniform() {
    return term -> 1;
  }

  /**
   * @param frequencies in how many documents a term stands; a term that is not in it stands in none
   * @param documents how many there are
   */
  static Rarity of(Map<Integer, ? extends Number> frequencies, long documents) {
    return term -> {
      Number frequency = frequencies.get(term);
      double df = frequency == null ? 0 : Math.min(frequency.doubleValue(), documents);
      return 1 + Math.log((1.0 + documents) / (1 + df));
    };
  }
}
