package dev.retrospec.patterns;

import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import java.util.List;

/**
 * When two owners resemble a failure so equally that nobody can say which it is. Then nothing is
 * chosen: both are shown.
 */
final class NearlyAlike {

  /** Of raw scores; a word more or less in a message makes as much. */
  static final double RAW = 0.02;

  /** Of calibrated similarities, where only these are kept. */
  static final double SIMILARITY = 0.01;

  /** What differs in nothing is no near miss. */
  private static final double IDENTICAL = 0.9999;

  private NearlyAlike() {}

  /**
   * The owner that a failure is the same as, and those that are nearly as much alike.
   *
   * @param ranked the most similar first
   * @param threshold least similarity of the first
   * @return none, one, or several of which none may be chosen
   */
  static List<Match> best(List<Match> ranked, Origin origin, double threshold) {
    List<Match> candidates =
        ranked.stream()
            .filter(match -> match.origin() == origin)
            .filter(match -> match.similarity().score() >= threshold)
            .toList();
    if (candidates.isEmpty()) {
      return candidates;
    }
    double most = candidates.get(0).similarity().raw();
    double least = most >= IDENTICAL ? IDENTICAL : most - RAW;
    return candidates.stream().filter(match -> match.similarity().raw() >= least).toList();
  }

  /**
   * The issues that a pattern most probably is: what a person said, else the most similar ones.
   *
   * @param links of one pattern, the most similar first
   */
  static List<LinkedIssue> best(List<LinkedIssue> links) {
    List<LinkedIssue> said =
        links.stream().filter(link -> !link.linkedBy().equals(LinkedIssue.BY_MATCH)).toList();
    if (!said.isEmpty() || links.isEmpty()) {
      return said;
    }
    double least = links.get(0).similarity() - SIMILARITY;
    return links.stream().filter(link -> link.similarity() >= least).toList();
  }
}
