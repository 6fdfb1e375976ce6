package dev.retrospec.recordings;

import java.util.Set;

/** What a value gives away about what it is, where its place alone does not say. */
final class Signs {

  private static final Set<String> ACTIVE_SCHEMES =
      Set.of("javascript", "vbscript", "livescript", "data");

  private static final int LONGEST_SCHEME = 12;

  private Signs() {}

  /** {@code javascript:} and the like work in more attributes than anybody can list. */
  static boolean mayRun(char[] chars, int offset, int count) {
    int i = offset;
    int end = offset + count;
    while (i < end && chars[i] <= ' ') {
      i++;
    }
    if (i == end) {
      return false;
    }
    int first = chars[i] | 0x20;
    boolean possible = first == 'j' || first == 'v' || first == 'l' || first == 'd';
    return possible && opensScheme(chars, i, end);
  }

  private static boolean opensScheme(char[] chars, int from, int end) {
    StringBuilder scheme = new StringBuilder(LONGEST_SCHEME);
    for (int i = from; i < end && scheme.length() < LONGEST_SCHEME; i++) {
      char c = chars[i];
      if (c == ':') {
        return ACTIVE_SCHEMES.contains(scheme.toString());
      }
      if (c > ' ') {
        scheme.append(Character.toLowerCase(c));
      }
    }
    return false;
  }

  static boolean looksLikeStyleSheet(char[] chars, int offset, int count) {
    boolean opened = false;
    for (int i = offset; i < offset + count; i++) {
      if (chars[i] == '{') {
        opened = true;
      } else if (chars[i] == '}' && opened) {
        return true;
      }
    }
    return false;
  }

  static boolean equalsIgnoreCase(char[] chars, int offset, int count, String lower) {
    if (count != lower.length()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (Character.toLowerCase(chars[offset + i]) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
