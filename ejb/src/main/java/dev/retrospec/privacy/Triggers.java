package dev.retrospec.privacy;

/**
 * The prefilter of the scan: the characters that can be the first sign of a match, and of what. All
 * others are passed over at the speed of one look-up each.
 */
final class Triggers {

  static final int DIGIT = 1;
  static final int AT = 2;
  static final int COLON = 3;
  static final int JWT_CAPITAL = 4;
  static final int SCHEME_B = 5;
  static final int SCHEME_K = 6;

  /** The last character of a known token's prefix; a dash may also open a private key. */
  static final int TOKEN = 7;

  private static final byte[] KINDS = kinds();

  private Triggers() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      kinds[c] = DIGIT;
    }
    for (char c : TokenShapes.signs().toCharArray()) {
      kinds[c] = TOKEN;
    }
    kinds['@'] = AT;
    kinds['%'] = AT;
    kinds['&'] = AT;
    kinds[':'] = COLON;
    kinds['J'] = JWT_CAPITAL;
    kinds['b'] = SCHEME_B;
    kinds['B'] = SCHEME_B;
    kinds['k'] = SCHEME_K;
    kinds['K'] = SCHEME_K;
    return kinds;
  }

  /** The first character from here on that can begin a match, or {@code end}. */
  static int first(char[] text, int from, int end) {
    int i = from;
    while (i < end) {
      char c = text[i];
      if (c < 128 ? KINDS[c] != 0 : isForeign(c)) {
        return i;
      }
      i++;
    }
    return end;
  }

  static int kind(char c) {
    if (c < 128) {
      return KINDS[c];
    }
    return c == '\uFF20' ? AT : DIGIT;
  }

  /** Wide and small at-signs, digits of other scripts, and what may be half of one. */
  private static boolean isForeign(char c) {
    return c >= 0x660
        && (c == '\uFF20' || Character.isDigit(c) || (c >= 0xD801 && c <= 0xD83B) || c == '\uFE6B');
  }
}
