package dev.retrospec.signatures.text;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How engines say one thing, and how it is told here. Where what they say begins with a free part
 * ("… is not iterable"), no pattern looks for that part: it would try each place of the text, and
 * hostile text has many. The pattern finds what follows, and {@link WordingHead} goes back from
 * there.
 *
 * @param mark stands in every text that this finds: looked for first, because it is cheap
 * @param head what stands before the pattern and is said too; null when that is nothing
 * @param neutral of what the head and the pattern found
 * @param type what is thrown where the engines do not agree
 */
record Wording(
    String mark,
    @Nullable WordingHead head,
    Pattern pattern,
    BiFunction<String, MatchResult, String> neutral,
    @Nullable String type) {

  static Wording of(String mark, String pattern, Function<MatchResult, String> neutral) {
    return new Wording(
        mark, null, Pattern.compile(pattern), (head, found) -> neutral.apply(found), null);
  }

  /**
   * @param pattern begins with a character that is always the same
   */
  static Wording of(
      String mark,
      WordingHead head,
      String pattern,
      BiFunction<String, MatchResult, String> neutral) {
    return new Wording(mark, head, Pattern.compile(pattern), neutral, null);
  }

  Wording thrownAs(String agreed) {
    return new Wording(mark, head, pattern, neutral, agreed);
  }

  /** The text with neutral words for all that this finds; null when it finds nothing. */
  @Nullable String replacedIn(CharSequence text) {
    Matcher found = pattern.matcher(text);
    StringBuilder told = null;
    int done = 0;
    int looked = 0;
    for (int next = 0; found.find(next); ) {
      int start = head == null ? found.start() : head.start(text, looked, found.start());
      if (start == WordingHead.NONE) {
        looked = found.start();
        next = looked + 1;
        continue;
      }
      told = told == null ? new StringBuilder() : told;
      String before = text.subSequence(start, found.start()).toString();
      told.append(text, done, start).append(neutral.apply(before, found));
      done = found.end();
      looked = done;
      next = done;
    }
    return told == null ? null : told.append(text, done, text.length()).toString();
  }
}
