package dev.retrospec.signatures;

import dev.retrospec.signatures.text.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How alike two messages are: the cosine of their words and pairs of words, each weighing {@code (1
 * + ln tf) · idf} (sublinear TF-IDF as in Manning, Raghavan, Schütze, Introduction to Information
 * Retrieval, 6.4). A pair is as rare as the rarer of its words.
 */
final class WordCosine {

  /** A pair repeats what its words said. */
  private static final double PAIR = 0.5;

  private WordCosine() {}

  /** 1 when both are empty, 0 when one is. */
  static double of(List<String> a, List<String> b, Rarity rarity) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty() ? 1 : 0;
    }
    Map<String, Double> left = weights(a, rarity);
    Map<String, Double> right = weights(b, rarity);
    double dot = 0;
    for (Map.Entry<String, Double> feature : left.entrySet()) {
      dot += feature.getValue() * right.getOrDefault(feature.getKey(), 0.0);
    }
    // Rounding may lead a hair above 1.
    return Math.min(1, dot / Math.sqrt(squares(left) * squares(right)));
  }

  private static Map<String, Double> weights(List<String> words, Rarity rarity) {
    Map<String, Integer> counts = new HashMap<>();
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
    Words.pairs(words).forEach(pair -> counts.merge(pair, 1, Integer::sum));
    Map<String, Double> weights = new HashMap<>();
    counts.forEach(
        (feature, tf) -> weights.put(feature, (1 + Math.log(tf)) * idf(feature, rarity)));
    return weights;
  }

  private static double idf(String feature, Rarity rarity) {
    int space = feature.indexOf(' ');
    return space < 0
        ? rarity.idf(Terms.word(feature))
        : PAIR
            * Math.max(
                rarity.idf(Terms.word(feature.substring(0, space))),
                rarity.idf(Terms.word(feature.substring(space + 1))));
  }

  private static double squares(Map<String, Double> weights) {
    return weights.values().stream().mapToDouble(weight -> weight * weight).sum();
  }
}
