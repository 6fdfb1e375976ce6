package dev.retrospec.privacy;

/** Where values begin and end in a text, in the ways in which code, data and logs write them. */
record ValueBounds(String text) {

  private static final int MOST_BLANKS = 8;
  private static final int LONGEST_TYPE = 48;

  char at(int i) {
    return i < text.length() ? text.charAt(i) : '\n';
  }

  int afterBlanks(int from) {
    int i = from;
    while (i - from < MOST_BLANKS && FieldName.isBlank(at(i))) {
      i++;
    }
    return i;
  }

  /** {@code f"…"}, {@code rb'…'} of Python, {@code @"…"} of C#. */
  int afterLiteralPrefix(int value) {
    int i = value;
    while (i < value + 2 && "fFrRbBuU@$".indexOf(at(i)) >= 0) {
      i++;
    }
    return i > value && quoteLength(i) == 1 ? i : value;
  }

  /** Of backslashes and a quote; 0 when there is none. */
  int quoteLength(int from) {
    int i = from;
    while (i - from < 7 && at(i) == '\\') {
      i++;
    }
    return FieldName.isQuote(at(i)) ? i - from + 1 : 0;
  }

  /**
   * Where the quoted value ends: at the same quote with the escapes of its own level (a string
   * within a string within a string), of an outer one, or with the line.
   */
  int closing(int from, char mark, int backslashes) {
    int level = 32 - Integer.numberOfLeadingZeros(backslashes); // 0, 1, 3, 7 backslashes
    int run = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        run++;
        continue;
      }
      if (c == mark && closes(run, level)) {
        return i - run + keptBackslashes(run, level);
      }
      if (c == '\n' || c == '\r') {
        return i;
      }
      run = 0;
    }
    return text.length();
  }

  private static boolean closes(int backslashes, int level) {
    int left = backslashes;
    for (int i = level; i > 0; i--) {
      if (left % 2 == 0) {
        return true;
      }
      left = (left - 1) / 2;
    }
    return left % 2 == 0;
  }

  /** Those that belong to the value, not to the quote. */
  private static int keptBackslashes(int run, int level) {
    int own = (1 << level) - 1;
    return run >= own ? run - own : 0;
  }

  /** A number or a boolean and nothing more. */
  boolean isBareLiteral(int from) {
    int end = endOfWord(from);
    if (end == from || end - from > 64 || ",}]\\ \t\r\n".indexOf(at(end)) < 0) {
      return false;
    }
    String word = text.substring(from, end);
    return word.equals("true") || word.equals("false") || word.matches("-?\\d[\\d.eE+-]*");
  }

  int endOfWord(int from) {
    int i = from;
    while (Chars.isWord(at(i)) || at(i) == '.' || at(i) == '-' || at(i) == '+') {
      i++;
    }
    return i;
  }

  /** {@code password: string = "…"}: where the quote begins, or -1. */
  int afterType(int value) {
    int i = value;
    while (i - value < LONGEST_TYPE && (Chars.isWord(at(i)) || "&<>[]?.| ".indexOf(at(i)) >= 0)) {
      i++;
    }
    if (i == value || at(i) != '=' || at(i + 1) == '=' || at(i + 1) == '>') {
      return -1;
    }
    int quote = afterBlanks(i + 1);
    return quoteLength(quote) > 0 ? quote : -1;
  }

  boolean isEscape(int i) {
    return at(i) == '\\' && "nrt\\\"'".indexOf(at(i + 1)) >= 0;
  }

  /**
   * @param whole whether commas and brackets may be the value's own: it has its line, or its
   *     parameter, for itself
   */
  boolean isValueEnd(int i, boolean whole) {
    char c = at(i);
    if (",)]}".indexOf(c) >= 0) {
      return !whole || at(i + 1) <= ' ' || ",;)]}".indexOf(at(i + 1)) >= 0;
    }
    return c <= ' ' || FieldName.isQuote(c) || "&<>;".indexOf(c) >= 0 || isEscape(i);
  }

  /** {@code app.js?token=1:10:5} in a stack: the line and column stay. */
  int beforePosition(int from, int end) {
    int column = beforeNumber(from, end);
    return column == end ? end : beforeNumber(from, column);
  }

  private int beforeNumber(int from, int end) {
    int i = end;
    while (i > from && end - i < 7 && Chars.isAsciiDigit(text.charAt(i - 1))) {
      i--;
    }
    return i < end && i > from + 1 && text.charAt(i - 1) == ':' ? i - 1 : end;
  }

  boolean endsLine(int from) {
    int i = afterBlanks(from);
    return at(i) == '\n' || at(i) == '\r' || (at(i) == '#' && i > from);
  }
}
