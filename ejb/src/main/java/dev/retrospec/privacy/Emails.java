package dev.retrospec.privacy;

import java.util.Locale;
import java.util.Set;

/** Finds an e-mail address around its {@code @}, {@code ＠} or {@code %40}. */
final class Emails {

  /** {@code logo@2x.png} is a picture, not a person. */
  private static final Set<String> FILE_ENDINGS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "css", "js", "mjs", "cjs",
          "map", "json", "html", "htm", "woff", "woff2", "ttf", "eot", "scss", "less", "ts", "tsx",
          "jsx", "vue", "mp4", "webm", "pdf");

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_FILE_ENDING = 5;

  private Emails() {}

  /**
   * @param at where the at-sign begins
   * @param signLength 1, or 3 for {@code %40}
   * @param floor nothing before this index may belong to the match
   */
  static long find(char[] text, int floor, int at, int signLength, int end) {
    int start = at;
    // %40 is itself made of characters of a local part: without a bound, a row of them is quadratic
    int first = signLength == 1 ? floor : Math.max(floor, at - LONGEST_LOCAL);
    while (start > first && Chars.isEmailLocal(text[start - 1])) {
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
