package dev.retrospec.signatures.text;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes back from what an engine always says to where its sentence begins. */
@FunctionalInterface
interface WordingHead {

  int NONE = -1;

  /**
   * @param from no head begins before it
   * @param end where the head ends
   * @return where it begins, or {@link #NONE}. It depends on what stands after {@code from} only,
   *     and where there is none for this end, none that begins before it is one for a later end
   */
  int start(CharSequence text, int from, int end);

  /** At least one, at most so many of the same line. */
  static WordingHead line(int longest) {
    return run(letter -> letter != '\n', longest);
  }

  /** At least one, at most so many of these characters. */
  static WordingHead run(IntPredicate letters, int longest) {
    return (text, from, end) -> {
      int start = back(text, Math.max(from, end - longest), end, letters);
      return start == end ? NONE : start;
    };
  }

  /** The same, and a quote before it. */
  static WordingHead quotedOrNot(IntPredicate letters, int longest) {
    WordingHead bare = run(letters, longest);
    return (text, from, end) -> {
      int start = bare.start(text, from, end);
      return start > from && text.charAt(start - 1) == '"' ? start - 1 : start;
    };
  }

  /**
   * From the first of these openings in the same line that has no more than so many characters
   * behind it.
   *
   * @param openingLength the longest that the pattern finds
   */
  static WordingHead opening(String pattern, int openingLength, int longest) {
    Pattern opening = Pattern.compile(pattern);
    return (text, from, end) -> {
      int earliest = Math.max(from, end - longest - openingLength);
      Matcher found = opening.matcher(text);
      found.region(back(text, earliest, end, letter -> letter != '\n'), end);
      while (found.find()) {
        if (found.end() >= end - longest) {
          return found.start();
        }
      }
      return NONE;
    };
  }

  private static int back(CharSequence text, int earliest, int end, IntPredicate letters) {
    int start = end;
    while (start > earliest && letters.test(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }
}
