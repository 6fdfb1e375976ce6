package dev.retrospec.patterns;

import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.Similarity;
import dev.retrospec.signatures.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Failures of one run that are one: each joins the most similar leader that came before it, or
 * leads. Leader clustering (Hartigan, Clustering Algorithms, 1975, chapter 3), with candidates from
 * shared terms instead of all leaders.
 */
final class FailureGroups {

  /** A term that so many leaders share does not tell them apart. */
  private static final int MAX_SHARING = 40;

  private static final int MAX_SCORED = 12;

  private final Calibration calibration;
  private final double threshold;
  private final List<FailureSignature> leaders = new ArrayList<>();
  private final Map<Integer, List<Integer>> leadersByTerm = new HashMap<>();

  /**
   * Where a failure went.
   *
   * @param leader its number, from 0
   * @param similarity with the leader, 0 to 1
   */
  record Place(int leader, double similarity) {}

  /**
   * What came of it.
   *
   * @param leaders one of each group
   * @param places of each failure, in their order
   */
  record Grouping(List<FailureSignature> leaders, List<Place> places) {}

  private FailureGroups(Calibration calibration, double threshold) {
    this.calibration = calibration;
    this.threshold = threshold;
  }

  /** Groups failures with calibrated similarity of at least {@code threshold}. */
  static Grouping of(List<FailureSignature> failures, Calibration calibration, double threshold) {
    FailureGroups groups = new FailureGroups(calibration, threshold);
    Rarity rarity = rarity(failures);
    List<Place> places = failures.stream().map(failure -> groups.place(failure, rarity)).toList();
    return new Grouping(List.copyOf(groups.leaders), places);
  }

  private Place place(FailureSignature failure, Rarity rarity) {
    int[] terms = Terms.of(failure);
    Place best = new Place(-1, 0);
    for (int leader : alike(terms)) {
      Similarity similarity = Scorer.score(failure, leaders.get(leader), rarity, calibration);
      if (similarity.score() >= threshold && similarity.score() > best.similarity()) {
        best = new Place(leader, similarity.score());
      }
    }
    return best.leader() >= 0 ? best : lead(failure, terms);
  }

  private Place lead(FailureSignature failure, int[] terms) {
    int number = leaders.size();
    leaders.add(failure);
    for (int term : terms) {
      leadersByTerm.computeIfAbsent(term, unused -> new ArrayList<>()).add(number);
    }
    return new Place(number, 1);
  }

  private List<Integer> alike(int[] terms) {
    Map<Integer, Integer> shared = new HashMap<>();
    for (int term : terms) {
      List<Integer> sharing = leadersByTerm.getOrDefault(term, List.of());
      if (sharing.size() <= MAX_SHARING) {
        sharing.forEach(leader -> shared.merge(leader, 1, Integer::sum));
      }
    }
    return shared.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_SCORED)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Rare is what is rare in this run: the store does not know these failures yet. */
  private static Rarity rarity(List<FailureSignature> failures) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (FailureSignature failure : failures) {
      for (int term : Terms.of(failure)) {
        counts.merge(term, 1, Integer::sum);
      }
    }
    return Rarity.of(counts, failures.size());
  }
}
