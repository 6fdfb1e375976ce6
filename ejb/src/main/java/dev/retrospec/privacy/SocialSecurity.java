package dev.retrospec.privacy;

import java.util.Set;

/**
 * Finds social security numbers of the United States: area, group and serial that can have been
 * given, with the same sign between them. With blanks or without any sign only where a word says
 * what it is, because three numbers in a row are mostly just that.
 */
final class SocialSecurity {

  /** Of advertisements and of manuals. */
  private static final Set<Integer> SAMPLES = Set.of(78_051_120, 219_099_999, 123_456_789);

  private static final int DIGITS = 9;

  private SocialSecurity() {}

  /**
   * @param start first digit of a run; the caller has seen that no word character stands before it
   */
  static long find(char[] text, int begin, int start, int end, ScrubMode mode) {
    if (start - 2 >= begin && text[start - 1] == '-' && Chars.isDigit(text[start - 2])) {
      return Span.NONE;
    }
    int number = 0;
    int count = 0;
    char sign = 0;
    int i = start;
    while (i < end && count < DIGITS) {
      int digit = Chars.digit(text[i]);
      if (digit >= 0) {
        number = number * 10 + digit;
        count++;
        i++;
        continue;
      }
      boolean place = count == 3 || (count == 5 && sign != 0);
      boolean known = text[i] == '-' || text[i] == '.' || Chars.isGroupSeparator(text[i]);
      if (!place || !known || (count == 5 && text[i] != sign)) {
        return Span.NONE;
      }
      if (!Chars.isDigit(text[i - 1]) || i + 1 == end || !Chars.isDigit(text[i + 1])) {
        return Span.NONE;
      }
      sign = count == 3 ? text[i] : sign;
      i++;
    }
    if (count < DIGITS || !endsHere(text, i, end) || (sign != 0 && i - start != DIGITS + 2)) {
      return Span.NONE;
    }
    boolean sure = sign == '-' || sign == '.' || (sign != 0 && mode == ScrubMode.STRICT);
    if (!isGiven(number, mode) || !(sure || Hints.SSN.standBefore(text, begin, start))) {
      return Span.NONE;
    }
    return Span.of(start, i);
  }

  private static boolean endsHere(char[] text, int i, int end) {
    if (i >= end) {
      return true;
    }
    boolean goesOn = (text[i] == '-' || text[i] == '.') && i + 1 < end;
    return !Chars.isWord(text[i])
        && !Chars.isDigit(text[i])
        && !(goesOn && Chars.isDigit(text[i + 1]));
  }

  private static boolean isGiven(int number, ScrubMode mode) {
    int area = number / 1_000_000;
    boolean possible =
        area != 0
            && area != 666
            && area < 900
            && number / 10_000 % 100 != 0
            && number % 10_000 != 0;
    return possible && (mode == ScrubMode.STRICT || !SAMPLES.contains(number));
  }
}
