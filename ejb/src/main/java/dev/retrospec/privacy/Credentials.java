package dev.retrospec.privacy;

/**
 * Finds JSON web tokens (RFC 7519) and what follows {@code Bearer}, {@code Basic}, {@code Token}.
 */
final class Credentials {

  private static final int SHORTEST_JWT_PART = 8;
  private static final int SHORTEST_BEARER = 8;
  private static final int LONG_ENOUGH_WITHOUT_DIGIT = 24;

  private Credentials() {}

  /**
   * @param capital where the {@code J} of {@code eyJ} stands: base64 of <code>{"</code>, with which
   *     the header of every such token begins
   */
  static long jwt(char[] text, int floor, int capital, int end) {
    int start = capital - 2;
    if (start < floor || text[start] != 'e' || text[start + 1] != 'y') {
      return Span.NONE;
    }
    if (start > floor && Chars.isBase64Url(text[start - 1])) {
      return Span.NONE;
    }
    int header = skipPart(text, start, end);
    if (header - start < SHORTEST_JWT_PART || header >= end || text[header] != '.') {
      return Span.NONE;
    }
    int payload = skipPart(text, header + 1, end);
    if (payload - header <= SHORTEST_JWT_PART || payload >= end || text[payload] != '.') {
      return Span.NONE;
    }
    return Span.of(start, skipPart(text, payload + 1, end));
  }

  private static int skipPart(char[] text, int from, int end) {
    int i = from;
    while (i < end && Chars.isBase64Url(text[i])) {
      i++;
    }
    return i;
  }

  /**
   * @param word where the scheme's name begins, in any case
   * @return the credential behind it, without the name
   */
  static long afterScheme(char[] text, int floor, int word, int end) {
    if (word < floor || (word > floor && Chars.isWord(text[word - 1]))) {
      return Span.NONE;
    }
    int after = word;
    boolean weak = true; // because "basic" and "token" are also plain English
    if (Chars.matches(text, word, end, "bearer")) {
      after += 6;
      weak = false;
    } else if (Chars.matches(text, word, end, "basic") || Chars.matches(text, word, end, "token")) {
      after += 5;
    } else {
      return Span.NONE;
    }
    int start = after;
    while (start < end && (text[start] == ' ' || text[start] == '\t') && start - after < 4) {
      start++;
    }
    if (start == after) {
      return Span.NONE;
    }
    int to = start;
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    while (to < end && Chars.isCredential(text[to])) {
      char c = text[to++];
      digit |= Chars.isAsciiDigit(c) || c == '=';
      upper |= to - start > 1 && c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
    }
    int length = to - start;
    boolean random = digit || (upper && lower) || length >= LONG_ENOUGH_WITHOUT_DIGIT;
    boolean enough = length >= SHORTEST_BEARER && (!weak || digit || upper || length >= 24);
    return random && enough ? Span.of(start, to) : Span.NONE;
  }
}
