package dev.retrospec.privacy;

/**
 * Finds private keys in PEM (RFC 7468), also within a diff, a string with escaped line ends, and
 * where the end has been cut off. The lines stay, because a diff counts them.
 */
final class PrivateKeys {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 40;

  /** An RSA key of 8192 bits is half as long. */
  private static final int LONGEST_KEY = 20_000;

  /** Of a key's line that something else follows, as the end of a string. */
  private static final int SHORTEST_REST = 16;

  private PrivateKeys() {}

  /**
   * What stands between the lines of a private key, as far as it is one.
   *
   * @param begin where the dashes begin
   */
  static long find(char[] text, int begin, int end) {
    int label = begin + BEGIN.length();
    if (label >= end || !startsWith(text, begin, end, BEGIN)) {
      return Span.NONE;
    }
    int limit = Math.min(end, label + LONGEST_LABEL);
    int dashes = label;
    while (dashes < limit && !startsWith(text, dashes, end, DASHES)) {
      dashes++;
    }
    int from = dashes + DASHES.length();
    boolean isPrivate = new String(text, label, dashes - label).contains("PRIVATE KEY");
    if (dashes == limit || !isPrivate) {
      return Span.NONE;
    }
    while (from < end && Chars.isBlank(text[from])) {
      from++;
    }
    int last = Math.min(end, from + LONGEST_KEY);
    int to = from;
    for (int i = from; i < last && !startsWith(text, i, end, DASHES); i++) {
      if (isInKey(text[i])) {
        to = i + 1;
      } else if (!Chars.isBlank(text[i])) {
        break;
      }
    }
    return to - from >= SHORTEST_REST ? Span.of(from, to) : Span.NONE;
  }

  private static boolean startsWith(char[] text, int at, int end, String wanted) {
    if (end - at < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (text[at + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static String redact(String text) {
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      return text;
    }
    Replacement clean = new Replacement(text);
    int end = -1;
    while (begin >= 0) {
      int from = afterLabel(text, begin + BEGIN.length());
      if (from < 0) {
        from = begin + BEGIN.length();
      } else {
        if (end < from) { // looked for once for all keys before it: linear
          int found = text.indexOf(END, from);
          end = found < 0 ? Integer.MAX_VALUE : found;
        }
        int next = text.indexOf(BEGIN, from);
        boolean ends =
            end <= text.length() && end - from <= LONGEST_KEY && (next < 0 || next > end);
        from = ends ? wipe(clean, text, from, end) : wipeWhatLooksLikeIt(clean, text, from);
      }
      begin = text.indexOf(BEGIN, from);
    }
    return clean.result();
  }

  /** Behind the dashes of {@code …PRIVATE KEY-----}, or -1. */
  private static int afterLabel(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST_LABEL);
    int dashes = text.indexOf(DASHES, from);
    boolean isPrivate =
        dashes >= 0 && dashes <= limit && text.substring(from, dashes).contains("PRIVATE KEY");
    return isPrivate ? dashes + DASHES.length() : -1;
  }

  private static int wipe(Replacement clean, String text, int from, int end) {
    int line = from;
    while (line < end) {
      int lineEnd = lineEnd(text, line, end);
      wipeLine(clean, text, line, lineEnd);
      line = lineEnd + 1;
    }
    return end;
  }

  /** Line by line, as long as nothing else stands in them. */
  private static int wipeWhatLooksLikeIt(Replacement clean, String text, int from) {
    int line = from;
    int limit = Math.min(text.length(), from + LONGEST_KEY);
    while (line < limit) {
      int lineEnd = lineEnd(text, line, limit);
      int start = line;
      while (start < lineEnd && Chars.isBlank(text.charAt(start))) {
        start++;
      }
      int end = start;
      while (end < lineEnd && isInKey(text.charAt(end))) {
        end++;
      }
      boolean whole = text.substring(end, lineEnd).isBlank();
      if (whole || end - start >= SHORTEST_REST) {
        wipeLine(clean, text, line, end);
      }
      if (!whole) {
        return end;
      }
      line = lineEnd + 1;
    }
    return limit;
  }

  private static int lineEnd(String text, int from, int end) {
    int found = text.indexOf('\n', from);
    return found < 0 || found > end ? end : found;
  }

  private static boolean isInKey(char c) {
    return Chars.isWord(c) || "+-/=\\".indexOf(c) >= 0;
  }

  /** All but the mark of a diff and the indent. */
  private static void wipeLine(Replacement clean, String text, int line, int lineEnd) {
    int from = line;
    while (from < lineEnd && " \t+-".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    int to = lineEnd;
    while (to > from && text.charAt(to - 1) <= ' ') {
      to--;
    }
    if (to > from) {
      clean.put(from, to, SecretText.TAG);
    }
  }
}
