package dev.retrospec.bench.grouping;

import dev.retrospec.bench.similarity.PairCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a method made of errors, beside what they are.
 *
 * @param faults what each error belongs to
 * @param groups what the method put it into
 */
record Groups(List<String> faults, List<String> groups) {

  static Groups of(List<LabelledError> errors, List<String> groups) {
    return new Groups(errors.stream().map(LabelledError::faultOfProject).toList(), groups);
  }

  /** All pairs within a project; the names of faults and groups say which it is. */
  PairCounts pairs() {
    PairCounts counts = PairCounts.NONE;
    for (int a = 0; a < faults.size(); a++) {
      for (int b = a + 1; b < faults.size(); b++) {
        counts =
            counts.with(faults.get(a).equals(faults.get(b)), groups.get(a).equals(groups.get(b)));
      }
    }
    return counts;
  }

  /**
   * BCubed (Bagga and Baldwin 1998): for each error, how much of its group is of its fault and how
   * much of its fault is in its group; the harmonic mean of the two means. Other than pairs, large
   * faults do not outweigh small ones.
   */
  double bCubedF1() {
    Map<String, Integer> ofFault = new HashMap<>();
    Map<String, Integer> ofGroup = new HashMap<>();
    Map<String, Integer> ofBoth = new HashMap<>();
    for (int n = 0; n < faults.size(); n++) {
      ofFault.merge(faults.get(n), 1, Integer::sum);
      ofGroup.merge(groups.get(n), 1, Integer::sum);
      ofBoth.merge(both(n), 1, Integer::sum);
    }
    double precision = 0;
    double recall = 0;
    for (int n = 0; n < faults.size(); n++) {
      int both = ofBoth.getOrDefault(both(n), 0);
      precision += (double) both / ofGroup.getOrDefault(groups.get(n), 1);
      recall += (double) both / ofFault.getOrDefault(faults.get(n), 1);
    }
    return faults.isEmpty() ? 1 : 2 * precision * recall / (precision + recall) / faults.size();
  }

  private String both(int n) {
    return faults.get(n) + "\n" + groups.get(n);
  }
}
