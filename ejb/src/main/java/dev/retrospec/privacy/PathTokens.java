package dev.retrospec.privacy;

/**
 * Whether a part of an address's path is random, as in the link that resets a password: at least 24
 * hexadecimal digits or characters of base64url. Words with dashes between them are not, names of
 * files are not, and a UUID is an order's number more often than a secret.
 */
final class PathTokens {

  private static final int SHORTEST = 24;
  private static final int SHORTEST_RUN = 16;
  private static final int UUID = 36;

  /** Different characters: fewer make less than three bits each. */
  private static final int LEAST_KINDS = 8;

  private PathTokens() {}

  static boolean isToken(char[] text, int from, int end, ScrubMode mode) {
    int length = end - from;
    if (length < SHORTEST) {
      return false;
    }
    boolean hex = true;
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    int run = 0;
    int longest = 0;
    long kinds = 0;
    int dashes = 0;
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (!Chars.isBase64Url(c)) {
        return false;
      }
      boolean dash = c == '-' || c == '_';
      dashes += c == '-' ? 1 : 0;
      run = dash ? 0 : run + 1;
      longest = Math.max(longest, run);
      digit |= Chars.isAsciiDigit(c);
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      hex &= Chars.isAsciiDigit(c) || dash || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
      kinds |= 1L << (c & 63);
    }
    if (length == UUID && hex && dashes == 4) {
      return mode == ScrubMode.STRICT;
    }
    boolean random = digit && (upper || lower) && (hex || (upper && lower));
    return random && longest >= SHORTEST_RUN && Long.bitCount(kinds) >= LEAST_KINDS;
  }
}
