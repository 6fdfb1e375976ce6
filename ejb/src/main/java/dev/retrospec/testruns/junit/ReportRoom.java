package dev.retrospec.testruns.junit;

import java.util.HashMap;
import java.util.Map;

/** How much of the reports is kept, so that none fills the heap. */
final class ReportRoom {

  /** Characters of all failures together; beyond it they are cut short. */
  private static final int TEXTS = 24_000_000;

  private static final int LONG_TEXT = 2 * JUnitReader.MAX_STACK;
  private static final int SHORT_TEXT = 2_000;
  private static final int SHORTEST_TEXT = 200;

  /** Characters of all names together; no honest suite has half of it. */
  private static final int NAMES = 32_000_000;

  /** Each test names its suite and file again. */
  private final Map<String, String> places = new HashMap<>();

  private int texts = TEXTS;
  private int names = NAMES;

  /** How long the next text may be. */
  int left() {
    return texts > 0 ? LONG_TEXT : texts > -TEXTS / 2 ? SHORT_TEXT : SHORTEST_TEXT;
  }

  void take(int characters) {
    texts -= characters;
  }

  /**
   * @throws InvalidReport when the names fill the heap
   */
  String name(String name) {
    names -= name.length();
    if (names < 0) {
      throw new InvalidReport(
          "the names of the tests are too long: more than " + NAMES + " characters");
    }
    return name;
  }

  /** A suite or file, bounded; the same text is kept once. */
  String place(String place) {
    return places.computeIfAbsent(FailureWords.cut(place, JUnitReader.MAX_NAME), this::name);
  }
}
