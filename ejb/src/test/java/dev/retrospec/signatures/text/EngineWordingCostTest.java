package dev.retrospec.signatures.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever has the public key of a site may send any text, 200 a request: no wording may go through
 * it again and again. Counted is how often a character is looked at.
 */
class EngineWordingCostTest {

  private static final int LOOKS_PER_CHARACTER = 200;

  private static final List<String> FILLERS =
      List.of("a", "a.", " ", " in ", "'", "\"", "Bad", "Failed to execute 'a' on 'b': ");

  static Stream<Wording> wordings() {
    return Stream.concat(EngineWordings.ALL.stream(), PlatformWordings.ALL.stream());
  }

  @ParameterizedTest
  @MethodSource("wordings")
  void hostileTextCostsNoMoreThanItsLength(Wording wording) {
    for (String text : hostile(wording)) {
      Counted counted = new Counted(text);

      wording.replacedIn(counted);

      assertThat(counted.looks / TextMask.MAX_LENGTH)
          .as("looks per character of %s", text)
          .isLessThan(LOOKS_PER_CHARACTER);
    }
  }

  /** The wording's own words and what may fill its gaps: alone, in pairs, behind and before one. */
  private static Set<String> hostile(Wording wording) {
    List<String> words = literals(wording);
    List<String> parts = new ArrayList<>(words);
    parts.addAll(FILLERS);
    Set<String> texts = new LinkedHashSet<>();
    for (String one : parts) {
      for (String other : parts) {
        String pair = one + other;
        texts.add(repeated("", pair, ""));
        for (String word : words) {
          texts.add(repeated(word, pair, ""));
          texts.add(repeated("", pair, word));
        }
      }
    }
    return texts;
  }

  private static List<String> literals(Wording wording) {
    String gaps =
        wording
            .pattern()
            .pattern()
            .replaceAll("\\(\\?[:=!>]|\\{\\d+,\\d+}[?+]?", "\0")
            .replaceAll("(?<!\\\\)\\[(?:\\\\.|[^\\]])*]|\\\\[wdsS]", "\0")
            .replaceAll("(?<!\\\\)[|()?*+^$]", "\0")
            .replaceAll("\\\\(.)", "$1");
    Set<String> words = new LinkedHashSet<>(List.of(wording.mark()));
    for (String word : gaps.split("\0+")) {
      if (!word.isBlank()) {
        words.add(word);
      }
    }
    return words.stream().limit(10).toList();
  }

  private static String repeated(String before, String part, String after) {
    int length = TextMask.MAX_LENGTH - before.length() - after.length();
    return before + part.repeat(length / part.length() + 1).substring(0, length) + after;
  }

  private static final class Counted implements CharSequence {

    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
