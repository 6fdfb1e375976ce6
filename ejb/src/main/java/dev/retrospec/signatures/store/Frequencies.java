package dev.retrospec.signatures.store;

import dev.retrospec.signatures.Rarity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * In how many of a project's signatures some terms stand.
 *
 * @param terms that were counted
 * @param counts terms that stand in none are left out
 * @param documents how many signatures there are
 */
record Frequencies(Set<Integer> terms, Map<Integer, Integer> counts, long documents) {

  int count(int term) {
    return counts.getOrDefault(term, 0);
  }

  Rarity rarity() {
    return Rarity.of(counts, documents);
  }

  /** As if every term that was not counted stood in all signatures. */
  Rarity rarityAtBest() {
    Rarity rarity = rarity();
    Rarity everywhere = Rarity.uniform();
    return term -> (terms.contains(term) ? rarity : everywhere).idf(term);
  }

  /** With what was counted besides. */
  Frequencies and(Frequencies others) {
    Set<Integer> allTerms = new HashSet<>(terms);
    allTerms.addAll(others.terms);
    Map<Integer, Integer> allCounts = new HashMap<>(counts);
    allCounts.putAll(others.counts);
    return new Frequencies(allTerms, allCounts, documents);
  }
}
