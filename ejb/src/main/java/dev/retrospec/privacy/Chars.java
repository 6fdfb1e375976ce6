package dev.retrospec.privacy;

/** What kind of character this is, in the sense of the rules. */
final class Chars {

  private static final int WORD = 1;
  private static final int EMAIL_LOCAL = 2;
  private static final int BASE64_URL = 4;
  private static final int CREDENTIAL = 8;

  private static final byte[] KINDS = kinds();

  private Chars() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = 0; c < 128; c++) {
      boolean word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      int kind = word || c == '_' ? WORD : 0;
      kind |= word || "._%+-!#$*~^".indexOf(c) >= 0 ? EMAIL_LOCAL : 0;
      kind |= word || c == '_' || c == '-' ? BASE64_URL : 0;
      kind |= word || "._~+/=-".indexOf(c) >= 0 ? CREDENTIAL : 0;
      kinds[c] = (byte) kind;
    }
    return kinds;
  }

  private static boolean is(char c, int kind) {
    return c < 128 && (KINDS[c] & kind) != 0;
  }

  /** ASCII letter, digit or underscore: what a number must not touch to be a number of its own. */
  static boolean isWord(char c) {
    return is(c, WORD);
  }

  static boolean isEmailLocal(char c) {
    return is(c, EMAIL_LOCAL) || (c >= 128 && Character.isLetterOrDigit(c));
  }

  static boolean isDomain(char c) {
    return c < 128
        ? (is(c, WORD) && c != '_') || c == '-' || c == '.'
        : Character.isLetterOrDigit(c);
  }

  static boolean isBase64Url(char c) {
    return is(c, BASE64_URL);
  }

  static boolean isCredential(char c) {
    return is(c, CREDENTIAL);
  }

  static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAsciiLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** The value of a digit in any script, or -1. */
  static int digit(char c) {
    if (c < 128) {
      return isAsciiDigit(c) ? c - '0' : -1;
    }
    return Character.digit(c, 10);
  }

  static boolean isDigit(char c) {
    return digit(c) >= 0;
  }

  /** Space, no-break, thin and narrow space, ASCII and typographic hyphens, and zero-width ones. */
  static boolean isGroupSeparator(char c) {
    if (c < 128) {
      return c == ' ' || c == '-';
    }
    return c == 0xA0
        || c == 0xAD
        || (c >= 0x2000 && c <= 0x2015)
        || c == 0x202F
        || c == 0x2060
        || c == 0x2212
        || c == 0xFEFF;
  }

  static boolean isBlank(char c) {
    return c <= ' ' || c == 0xA0;
  }

  /** Whether {@code word} (lower case ASCII) stands at {@code at}, in any case. */
  static boolean matches(char[] text, int at, int end, String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = text[at + i];
      char lower = c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
