package dev.retrospec.signatures.store;

import dev.retrospec.signatures.Rarity;
import java.util.Map;

/**
 * In how many of a project's signatures some terms stand.
 *
 * @param counts terms that stand in none are left out
 * @param documents how many signatures there are
 */
record Frequencies(Map<Integer, Integer> counts, long documents) {

  int count(int term) {
    return counts.getOrDefault(term, 0);
  }

  Rarity rarity() {
    return Rarity.of(counts, documents);
  }
}
