package dev.retrospec.sessions;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody searches for: words that all have to occur, each anywhere, also within a longer
 * one; what stands in quotes has to occur as it is.
 */
record SearchTerms(List<String> terms) {

  /** Each is looked up by itself. */
  static final int MAX_TERMS = 10;

  private static final Pattern TERM = Pattern.compile("\"([^\"]+)\"?|([^\\s\"]+)");

  /** Three letters or digits side by side are what the index of texts can look up. */
  private static final Pattern INDEXED = Pattern.compile("[\\p{L}\\p{N}]{3}");

  private static final Pattern INDEXED_ASCII = Pattern.compile("[A-Za-z0-9]{3}");

  SearchTerms {
    terms = List.copyOf(terms);
  }

  /**
   * @throws InvalidRequest when there are too many words, or none
   */
  static SearchTerms of(String text) {
    List<String> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    while (matcher.find()) {
      String term = (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)).strip();
      if (!term.isEmpty()) {
        terms.add(term);
      }
    }
    if (terms.isEmpty() || terms.size() > MAX_TERMS) {
      throw new InvalidRequest("text must have 1 to " + MAX_TERMS + " words");
    }
    return new SearchTerms(terms);
  }

  /**
   * Whether the index of texts narrows the search at all.
   *
   * @param isAnyLetterIndexed false where it knows those of ASCII only
   */
  boolean isIndexed(boolean isAnyLetterIndexed) {
    Pattern indexed = isAnyLetterIndexed ? INDEXED : INDEXED_ASCII;
    return terms.stream().anyMatch(term -> indexed.matcher(term).find());
  }
}
