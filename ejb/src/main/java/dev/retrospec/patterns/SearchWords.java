package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.text.Words;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that free text is found by: parts of names, lower case, and for longer ones their
 * beginning, so that "authentication" finds "authenticate".
 */
final class SearchWords {

  /** What a text says in its first so many words it says; the rest is data. */
  private static final int MAX_WORDS = 200;

  private static final int STEM = 5;
  private static final double BEGINS_ALIKE = 0.8;

  /** English words that tell nothing of a failure. */
  private static final Set<String> EMPTY =
      Set.of(
          "the", "and", "or", "of", "to", "in", "on", "at", "by", "for", "with", "from", "is",
          "are", "was", "were", "be", "it", "its", "this", "that", "an", "as", "not", "no", "did",
          "does", "do", "has", "have", "had", "why", "what", "when", "where", "which", "how",
          "after", "before");

  private static final int SPREAD = 0x9E3779B9; // Fibonacci hashing

  private SearchWords() {}

  /** Distinct, in the order of the text; beginnings as {@code authe*}. */
  static Set<String> of(String... texts) {
    Set<String> words = new LinkedHashSet<>();
    for (String text : texts) {
      for (String word : Words.parts(text)) {
        if (words.size() >= MAX_WORDS) {
          return words;
        }
        if (!EMPTY.contains(word)) {
          words.add(word);
          if (word.length() > STEM) {
            words.add(stem(word));
          }
        }
      }
    }
    return words;
  }

  static boolean isStem(String word) {
    return word.endsWith("*");
  }

  static String stem(String word) {
    return word.length() > STEM ? word.substring(0, STEM) + "*" : word;
  }

  /** As tables hold it: each project's words are its own, so that an index has short lists. */
  static int id(ProjectId project, String word) {
    int hash = word.hashCode() * SPREAD;
    return hash ^ hash >>> 15 ^ project.value().hashCode() * SPREAD;
  }

  static Set<Integer> ids(ProjectId project, Collection<String> words) {
    return words.stream()
        .map(word -> id(project, word))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The share of a question that a text answers, 0 to 1: each word weighs what it is worth, one
   * that only begins alike a little less.
   *
   * @param worth of the question's words, without their beginnings
   */
  static double coverage(Map<String, Double> worth, Set<String> text) {
    double all = 0;
    double found = 0;
    for (Map.Entry<String, Double> word : worth.entrySet()) {
      all += word.getValue();
      if (text.contains(word.getKey())) {
        found += word.getValue();
      } else if (isStem(stem(word.getKey())) && text.contains(stem(word.getKey()))) {
        found += BEGINS_ALIKE * word.getValue();
      }
    }
    return all == 0 ? 0 : found / all;
  }
}
