package dev.retrospec.privacy;

import java.util.Locale;
import java.util.Set;

/**
 * Finds an e-mail address around its {@code @}, {@code ＠}, {@code %40}, {@code &#64;}, {@code
 * &#x40;} or {@code &commat;}.
 */
final class Emails {

  /** {@code logo@2x.png} is a picture, not a person. */
  private static final Set<String> FILE_ENDINGS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "js", "mjs", "cjs",
          "map", "json", "html", "htm", "woff", "woff2", "ttf", "eot", "scss", "less", "ts", "tsx",
          "jsx", "vue", "mp4", "webm", "pdf");

  private static final String[] ENTITIES = {"&#64;", "&#x40;", "&commat;"};

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_FILE_ENDING = 5;

  private Emails() {}

  /** How long the sign is that stands here; 0 when there is none. */
  static int signAt(char[] text, int i, int end) {
    return switch (text[i]) {
      case '@', '\uFF20' -> 1;
      case '%' -> Chars.matches(text, i, end, "%40") ? 3 : 0;
      case '&' -> entityAt(text, i, end);
      default -> 0;
    };
  }

  private static int entityAt(char[] text, int i, int end) {
    for (String entity : ENTITIES) {
      if (Chars.matches(text, i, end, entity)) {
        return entity.length();
      }
    }
    return 0;
  }

  /**
   * @param at where the at-sign begins
   * @param signLength from {@link #signAt}
   * @param floor nothing before this index may belong to the match
   */
  static long find(char[] text, int floor, int at, int signLength, int end) {
    int start = at;
    // %40 is itself made of characters of a local part: without a bound, a row of them is quadratic
    int first = signLength == 1 ? floor : Math.max(floor, at - LONGEST_LOCAL);
    while (start > first
        && (Chars.isEmailLocal(text[start - 1]) || isApostrophe(text, first, start - 1, at))) {
      start--;
    }
    int from = at + signLength;
    int limit = Math.min(end, from + LONGEST_DOMAIN);
    int to = from;
    while (to < limit && Chars.isDomain(text[to])) {
      to++;
    }
    while (to > from && (text[to - 1] == '.' || text[to - 1] == '-')) {
      to--;
    }
    if (start == at || to - from < 4 || !Character.isLetterOrDigit(text[from])) {
      return Span.NONE;
    }
    return hasTopLevelDomain(text, from, to) ? Span.of(start, to) : Span.NONE;
  }

  /** Of O'Brien, not a quote around the address. */
  private static boolean isApostrophe(char[] text, int first, int i, int at) {
    return text[i] == '\''
        && i > first
        && i + 1 < at
        && Character.isLetter(text[i - 1])
        && Character.isLetter(text[i + 1]);
  }

  private static boolean hasTopLevelDomain(char[] text, int from, int to) {
    int dot = to - 1;
    while (dot > from && text[dot] != '.') {
      dot--;
    }
    int length = to - dot - 1;
    if (dot == from || length < 2) {
      return false;
    }
    if (Chars.matches(text, dot + 1, to, "xn--")) {
      return true;
    }
    for (int i = dot + 1; i < to; i++) {
      if (!Character.isLetter(text[i])) {
        return false;
      }
    }
    return length > LONGEST_FILE_ENDING
        || !FILE_ENDINGS.contains(new String(text, dot + 1, length).toLowerCase(Locale.ROOT));
  }
}
