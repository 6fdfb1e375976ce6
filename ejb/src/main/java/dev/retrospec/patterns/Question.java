package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What somebody searches for, in words, each with what it is worth: rare ones more.
 *
 * @param worth of each word, without beginnings
 * @param all what must be held to hold all of the words: of long ones the beginning
 * @param telling words and beginnings that not too many hold, with what they are worth
 */
record Question(Map<String, Double> worth, Set<Integer> all, Map<Integer, Double> telling) {

  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_TELLING = 12;

  /** A word that more hold tells too little for what reading them costs. */
  private static final int MAX_HOLDERS = 5_000;

  /**
   * @throws InvalidRequest when it is blank or longer than {@value #MAX_LENGTH} characters
   */
  static String checked(String text) {
    if (text.isBlank()) {
      throw new InvalidRequest("q is required");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidRequest("q must be at most " + MAX_LENGTH + " characters");
    }
    return text;
  }

  static Question of(ProjectId project, String text, WordCounts counts) {
    Set<String> words = SearchWords.of(text);
    Map<Integer, Integer> holders = counts.of(project, SearchWords.ids(project, words));
    int most = holders.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<String, Double> worth = new LinkedHashMap<>();
    Set<Integer> all = new LinkedHashSet<>();
    for (String word : words) {
      if (!SearchWords.isStem(word)) {
        worth.put(word, worth(holders.getOrDefault(SearchWords.id(project, word), 0), most));
        all.add(SearchWords.id(project, SearchWords.stem(word)));
      }
    }
    return new Question(worth, all, telling(project, words, holders, most));
  }

  private static Map<Integer, Double> telling(
      ProjectId project, Set<String> words, Map<Integer, Integer> holders, int most) {
    Map<Integer, Double> telling = new LinkedHashMap<>();
    words.stream()
        .map(word -> SearchWords.id(project, word))
        .filter(id -> holders.getOrDefault(id, 0) > 0 && holders.get(id) <= MAX_HOLDERS)
        .sorted((one, other) -> Integer.compare(holders.get(one), holders.get(other)))
        .limit(MAX_TELLING)
        .forEach(id -> telling.put(id, worth(holders.get(id), most)));
    return telling;
  }

  /** Smoothed inverse frequency, beside the most frequent word of the question. */
  private static double worth(int holders, int most) {
    return 1 + Math.log((1.0 + most) / (1 + holders));
  }
}
