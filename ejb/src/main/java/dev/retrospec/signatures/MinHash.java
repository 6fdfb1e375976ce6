package dev.retrospec.signatures;

import java.util.Arrays;
import java.util.Collection;

/**
 * Locality-sensitive bands of a set of shingles: two sets with Jaccard similarity s share at least
 * one band with probability {@code 1 − (1 − s^4)^16}, that is 0.98 at s = 0.7 and 0.12 at s = 0.3.
 *
 * <p>MinHash by Broder (On the resemblance and containment of documents, 1997), banding as in
 * Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.
 */
final class MinHash {

  static final int BANDS = 16;
  private static final int ROWS = 4;

  private MinHash() {}

  /** One hash for each band; none for an empty set. */
  static long[] bands(Collection<String> shingles) {
    if (shingles.isEmpty()) {
      return new long[0];
    }
    long[] least = new long[BANDS * ROWS];
    Arrays.fill(least, Long.MAX_VALUE);
    for (String shingle : shingles) {
      long hash = Hash64.of(shingle);
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], Hash64.mix(hash + i * 0x9e3779b97f4a7c15L));
      }
    }
    long[] bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long hash = band;
      for (int row = 0; row < ROWS; row++) {
        hash = Hash64.mix(hash ^ least[band * ROWS + row]);
      }
      bands[band] = hash;
    }
    return bands;
  }
}
