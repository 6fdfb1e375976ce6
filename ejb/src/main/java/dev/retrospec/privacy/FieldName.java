package dev.retrospec.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The name before a separator: {@code password =}, {@code "password":}, {@code \"password\":},
 * {@code user[password]=}, {@code user%5Bpassword%5D=}, {@code env["TOKEN"] =}.
 *
 * @param quote what closes the name (backslashes and quote), or empty
 * @param start where the name, its quote or its first bracket's holder begins
 */
record FieldName(String name, String quote, int start) {

  private static final int LONGEST = 64;
  private static final int MOST_BLANKS = 8;
  private static final int MOST_BRACKETS = 4;
  private static final int MOST_BACKSLASHES = 7;

  /** Whether a name with a value can stand in it at all; a quick no for most texts. */
  static boolean mayStandIn(char[] chars, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      char c = chars[i];
      if (c == '=' || c == ':' || c == '<' || (c == '-' && i > offset && chars[i - 1] == '-')) {
        return true;
      }
    }
    return false;
  }

  /** Null when no name stands before the separator. Looks back a bounded way. */
  static @Nullable FieldName before(String text, int separator) {
    int end = separator;
    while (end > 0 && separator - end < MOST_BLANKS && isBlank(text.charAt(end - 1))) {
      end--;
    }
    int to = end;
    if (to > 0 && isQuote(text.charAt(to - 1))) {
      to--;
      while (to > 0 && end - to <= MOST_BACKSLASHES && text.charAt(to - 1) == '\\') {
        to--;
      }
    }
    String quote = text.substring(to, end);
    String name = null;
    for (int brackets = 0; brackets < MOST_BRACKETS; brackets++) {
      int open = opening(text, to);
      if (open < 0) {
        break;
      }
      int width = text.charAt(open) == '[' ? 1 : 3;
      String inner = text.substring(open + width, to - width).replaceAll("[\"'\\\\]", "");
      if (name == null && !inner.isEmpty() && !Chars.isAsciiDigit(inner.charAt(0))) {
        name = inner;
      }
      to = open;
    }
    int start = to;
    while (start > 0 && to - start < LONGEST && isInName(text.charAt(start - 1))) {
      start--;
    }
    name = name == null ? text.substring(start, to) : name;
    return name.isEmpty() ? null : new FieldName(name, quote, start);
  }

  /** Where the bracket opens that closes before {@code to}; -1 when none does. */
  private static int opening(String text, int to) {
    int from = Math.max(0, to - LONGEST);
    if (to > 0 && text.charAt(to - 1) == ']') {
      for (int i = to - 2; i >= from; i--) {
        char c = text.charAt(i);
        if (c == '[') {
          return i;
        }
        if (!isInName(c) && !isQuote(c) && c != '\\') {
          return -1;
        }
      }
    } else if (to > 2 && text.regionMatches(true, to - 3, "%5D", 0, 3)) {
      for (int i = to - 6; i >= from; i--) {
        if (text.regionMatches(true, i, "%5B", 0, 3)) {
          return i;
        }
        if (!isInName(text.charAt(i + 2))) {
          return -1;
        }
      }
    }
    return -1;
  }

  /** Whether the name is the first thing of its line, but for marks of diffs, lists and shells. */
  boolean beginsLine(String text) {
    int i = start;
    for (int back = 0; i > 0 && back < LONGEST; back++) {
      char c = text.charAt(i - 1);
      if (c == '\n') {
        return true;
      }
      if (!isBlank(c) && c != '+' && c != '-' && c != '#' && !endsKeyword(text, i)) {
        return false;
      }
      i -= endsKeyword(text, i) ? "export".length() : 1;
    }
    return i == 0;
  }

  private static boolean endsKeyword(String text, int end) {
    return text.startsWith("export", end - "export".length());
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static boolean isInName(char c) {
    return Chars.isWord(c) || c == '-' || c == '.' || c == '$';
  }
}
