package dev.retrospec.patterns;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one list of several that were ordered by different measures: what stands high in many comes
 * first (Cormack, Clarke, Buettcher, Reciprocal Rank Fusion, SIGIR 2009, with its k of 60).
 */
final class ReciprocalRank {

  private static final double K = 60;

  private ReciprocalRank() {}

  /** At most so many of all, the best first; of equal ones the one that was listed earlier. */
  static <T> List<T> fused(int most, List<List<T>> lists) {
    Map<T, Double> weights = new LinkedHashMap<>();
    for (List<T> list : lists) {
      for (int place = 0; place < list.size(); place++) {
        weights.merge(list.get(place), 1 / (K + place + 1), Double::sum);
      }
    }
    return weights.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
