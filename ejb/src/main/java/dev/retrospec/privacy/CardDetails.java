package dev.retrospec.privacy;

/** Finds what stands beside a card number, where a word says so: its code, and its last month. */
final class CardDetails {

  private CardDetails() {}

  /** Three or four digits behind {@code CVV} and the like. */
  static long code(char[] text, int begin, int start, int end) {
    int to = digits(text, start, end);
    int count = to - start;
    boolean shaped = (count == 3 || count == 4) && endsHere(text, to, end);
    return shaped && Hints.CVV.standBefore(text, begin, start) ? Span.of(start, to) : Span.NONE;
  }

  /** {@code MM/YY} or {@code MM/YYYY} behind {@code exp} and the like. */
  static long expiry(char[] text, int begin, int start, int end) {
    int to = digits(text, start, end);
    int month = to - start > 2 ? 0 : number(text, start, to);
    if (month < 1 || month > 12) {
      return Span.NONE;
    }
    int i = afterBlank(text, to, end);
    if (i >= end || (text[i] != '/' && text[i] != '-')) {
      return Span.NONE;
    }
    int year = afterBlank(text, i + 1, end);
    int last = digits(text, year, end);
    boolean shaped = (last - year == 2 || last - year == 4) && endsHere(text, last, end);
    return shaped && Hints.EXPIRY.standBefore(text, begin, start)
        ? Span.of(start, last)
        : Span.NONE;
  }

  private static int digits(char[] text, int from, int end) {
    int i = from;
    while (i < end && i - from < 5 && Chars.isDigit(text[i])) {
      i++;
    }
    return i;
  }

  private static int number(char[] text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + Chars.digit(text[i]);
    }
    return number;
  }

  private static int afterBlank(char[] text, int i, int end) {
    return i < end && Chars.isBlank(text[i]) ? i + 1 : i;
  }

  private static boolean endsHere(char[] text, int i, int end) {
    if (i >= end) {
      return true;
    }
    boolean goesOn = "./-".indexOf(text[i]) >= 0 && i + 1 < end && Chars.isDigit(text[i + 1]);
    return !Chars.isWord(text[i]) && !goesOn;
  }
}
