package dev.retrospec.privacy;

/**
 * Finds telephone numbers that are written so that a reader sees one: international with a plus or
 * 00 and an assigned country code (ITU-T E.164, 8 to 15 digits), North American 3-3-4, and national
 * ones with a leading zero and groups. A bare run of digits is one only where a word says so: else
 * it may be an id, an amount or a time.
 *
 * <p>By hand and not by libphonenumber, because that matches with regular expressions that track
 * back, at a hundredth of the speed of the rest, and needs a country that nobody told us.
 */
final class Phones {

  private static final int SHORTEST = 8;
  private static final int LONGEST = 15;
  private static final int SHORTEST_TOLD = 6;

  /** 00 and a country's code. */
  private static final int LONGEST_CODE = 5;

  private Phones() {}

  /**
   * @param start first digit of a run; the caller has seen that no word character stands before it
   * @param begin where the text begins, for the words before the number
   * @param floor nothing before this index may belong to the match
   */
  static long find(char[] text, int begin, int floor, int start, int end, ScrubMode mode) {
    char before = start > floor ? text[start - 1] : ' ';
    boolean strict = mode == ScrubMode.STRICT;
    if (before == '+') {
      boolean alone = start - 1 == floor || !Chars.isWord(text[start - 2]);
      boolean assigned = strict || CountryCodes.isAssigned(text, start, end);
      int to = alone && assigned ? international(text, start, end) : -1;
      return to < 0 ? Span.NONE : Span.of(start - 1, to);
    }
    if (before == '-' && start - 2 >= floor && Chars.isWord(text[start - 2])) {
      return Span.NONE; // the rest of an order's or an article's number
    }
    boolean open = before == '(';
    int to = northAmerican(text, start, end, open);
    if (to < 0 && open) { // of the sentence, not of the number
      open = false;
      to = northAmerican(text, start, end, false);
    }
    if (to < 0 && text[start] == '0') {
      to = fromAbroad(text, start, end);
      to = to < 0 ? national(text, start, end) : to;
      open = false;
    }
    if (to < 0) {
      to = bare(text, begin, start, end, strict);
      open = false;
    }
    return to < 0 ? Span.NONE : Span.of(open ? start - 1 : start, to);
  }

  /** {@code 0049 171 1234567}: the code stands alone, because zeros also pad numbers. */
  private static int fromAbroad(char[] text, int start, int end) {
    boolean prefix = start + 2 < end && text[start + 1] == '0';
    if (!prefix || !CountryCodes.isAssigned(text, start + 2, end)) {
      return -1;
    }
    int code = start + 2;
    while (code < end && Chars.isDigit(text[code])) {
      code++;
    }
    return code - start <= LONGEST_CODE ? international(text, start + 2, end) : -1;
  }

  /** A run of digits behind {@code phone:} and the like; in strict mode any ten that could be. */
  private static int bare(char[] text, int begin, int start, int end, boolean strict) {
    int to = start;
    while (to < end && to - start <= LONGEST && Chars.isDigit(text[to])) {
      to++;
    }
    int count = to - start;
    if (count < SHORTEST_TOLD || count > LONGEST || !endsHere(text, to, end)) {
      return -1;
    }
    boolean possible = strict && count == 10 && isAreaCode(text, start, end);
    return possible || Hints.PHONE.standBefore(text, begin, start) ? to : -1;
  }

  private static int international(char[] text, int start, int end) {
    int count = 0;
    int found = -1;
    int i = start;
    while (i < end) {
      if (Chars.isDigit(text[i])) {
        if (++count > LONGEST) {
          return isDigitRunTooLong(text, start, i) ? -1 : found;
        }
        i++;
        continue;
      }
      if (count >= SHORTEST && !Chars.isWord(text[i])) {
        found = i;
      }
      int next = i;
      while (next < end && next - i < 3 && isSeparator(text[next])) {
        next++;
      }
      if (next == i || next == end || !Chars.isDigit(text[next])) {
        return found;
      }
      i = next;
    }
    return count >= SHORTEST ? end : found;
  }

  private static boolean isDigitRunTooLong(char[] text, int start, int i) {
    int from = i;
    while (from > start && Chars.isDigit(text[from - 1])) {
      from--;
    }
    return from == start;
  }

  private static boolean isSeparator(char c) {
    return Chars.isGroupSeparator(c) || c == '.' || c == '(' || c == ')' || c == '/';
  }

  /**
   * {@code [1 ](ddd) ddd-dddd}, {@code ddd-ddd-dddd}, {@code ddd.ddd.dddd}, {@code ddd ddd dddd}.
   */
  private static int northAmerican(char[] text, int start, int end, boolean open) {
    int i = start;
    boolean parentheses = open;
    if (!open && text[i] == '1' && i + 2 < end && isSeparator(text[i + 1])) {
      i += 2;
      if (text[i] == '(') {
        parentheses = true;
        i++;
      }
    }
    if (!isAreaCode(text, i, end)) {
      return -1;
    }
    i += 3;
    if (parentheses) {
      if (i >= end || text[i] != ')') {
        return -1;
      }
      i++;
      if (i < end && Chars.isGroupSeparator(text[i])) {
        i++;
      }
    } else if (i >= end || !(Chars.isGroupSeparator(text[i]) || text[i] == '.')) {
      return -1;
    } else {
      i++;
    }
    if (!isAreaCode(text, i, end)) {
      return -1;
    }
    int second = i + 3;
    boolean separated =
        second < end && (Chars.isGroupSeparator(text[second]) || text[second] == '.');
    if (!separated || (!parentheses && text[second] != text[i - 1])) {
      return -1;
    }
    return digits(text, second + 1, end, 4) && endsHere(text, second + 5, end) ? second + 5 : -1;
  }

  private static boolean isAreaCode(char[] text, int i, int end) {
    return digits(text, i, end, 3) && Chars.digit(text[i]) >= 2;
  }

  private static boolean digits(char[] text, int from, int end, int count) {
    if (end - from < count) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (!Chars.isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsHere(char[] text, int i, int end) {
    if (i >= end) {
      return true;
    }
    boolean another = (text[i] == '-' || text[i] == '.') && i + 1 < end;
    return !Chars.isWord(text[i]) && !(another && Chars.isDigit(text[i + 1]));
  }

  /**
   * {@code 0171 1234567}, {@code 020 7946 0958}, {@code 06 12 34 56 78}; never {@code 01-02-2024}.
   */
  private static int national(char[] text, int start, int end) {
    int count = 0;
    int group = 0;
    int groups = 0;
    int firstGroup = 0;
    char separator = 0;
    int i = start;
    for (; i < end; i++) {
      char c = text[i];
      if (Chars.isDigit(c)) {
        group++;
        if (++count > 11) {
          return -1;
        }
        continue;
      }
      boolean goesOn =
          (Chars.isGroupSeparator(c) || c == '/') && i + 1 < end && Chars.isDigit(text[i + 1]);
      if (!goesOn) {
        break;
      }
      if (group < 2 || (groups > 0 && c != separator && separator != '/')) {
        return -1;
      }
      firstGroup = groups == 0 ? group : firstGroup;
      separator = c;
      groups++;
      group = 0;
    }
    boolean shaped = groups >= 1 && group >= 2 && firstGroup <= 5;
    boolean ends = i >= end || (!Chars.isWord(text[i]) && text[i] != ':');
    return shaped && ends && count >= 9 && text[start + 1] != '0' ? i : -1;
  }
}
