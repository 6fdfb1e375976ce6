package dev.retrospec.bench.similarity;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The strongest published plain method: cosine of TF-IDF over the words of type and stack (the
 * vectoriser of "230,439 Test Failures Later", arXiv 2401.15788).
 */
final class TfIdfText implements PairScore {

  private static final Pattern WORD = Pattern.compile("\\w{2,}");

  private final List<Map<String, Double>> vectors;

  TfIdfText(List<LabelledFailure> set) {
    List<Map<String, Double>> counts =
        set.stream().map(f -> counts(f.type() + " " + f.message() + " " + f.stack())).toList();
    Map<String, Integer> documents = new HashMap<>();
    counts.forEach(words -> words.keySet().forEach(word -> documents.merge(word, 1, Integer::sum)));
    vectors = counts.stream().map(words -> normalised(words, documents, set.size())).toList();
  }

  @Override
  public double of(int a, int b) {
    double dot = 0;
    for (Map.Entry<String, Double> word : vectors.get(a).entrySet()) {
      dot += word.getValue() * vectors.get(b).getOrDefault(word.getKey(), 0.0);
    }
    return dot;
  }

  private static Map<String, Double> counts(String text) {
    Map<String, Double> counts = new HashMap<>();
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      counts.merge(word.group(), 1.0, Double::sum);
    }
    return counts;
  }

  private static Map<String, Double> normalised(
      Map<String, Double> counts, Map<String, Integer> documents, int size) {
    Map<String, Double> weights = new HashMap<>();
    counts.forEach(
        (word, count) ->
            weights.put(word, count * (1 + Math.log((1.0 + size) / (1 + documents.get(word))))));
    double length = Math.sqrt(weights.values().stream().mapToDouble(w -> w * w).sum());
    weights.replaceAll((word, weight) -> weight / length);
    return weights;
  }
}
