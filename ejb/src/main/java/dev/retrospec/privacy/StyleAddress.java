package dev.retrospec.privacy;

/**
 * Where the address within {@code url(…)} stands (CSS Syntax Level 3, sections 4.3.5 and 4.3.6).
 */
final class StyleAddress {

  private StyleAddress() {}

  /** Behind blanks and an opening quotation mark. */
  static int start(char[] chars, int from, int end) {
    int i = from;
    while (i < end && Chars.isBlank(chars[i])) {
      i++;
    }
    return i < end && isQuote(chars[i]) ? i + 1 : i;
  }

  /** Before what closes it; what is never closed reaches to the end. */
  static int end(char[] chars, int start, int end) {
    char close = isQuote(chars[start - 1]) ? chars[start - 1] : ')';
    int i = start;
    while (i < end && chars[i] != close) {
      i += chars[i] == '\\' ? 2 : 1;
    }
    int to = Math.min(i, end);
    while (close == ')' && to > start && Chars.isBlank(chars[to - 1])) {
      to--;
    }
    return to;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
