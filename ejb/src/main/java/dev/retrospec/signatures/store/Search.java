package dev.retrospec.signatures.store;

import dev.retrospec.signatures.Calibration;
import java.util.Set;

/**
 * What is to be found.
 *
 * @param threshold least calibrated similarity, 0 to 1
 * @param topK most owners in an answer
 */
public record Search(Set<Origin> origins, Calibration calibration, double threshold, int topK) {

  public Search {
    origins = Set.copyOf(origins);
  }

  /** With the calibration that is shipped. */
  public static Search of(Set<Origin> origins, double threshold, int topK) {
    return new Search(origins, Calibration.shipped(), threshold, topK);
  }
}
