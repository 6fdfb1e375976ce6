package dev.retrospec.recordings;

/** Text that PostgreSQL, JSON and a browser all take: no NUL, no lone surrogate, not too long. */
final class Unicode {

  private static final char REPLACEMENT = '\uFFFD';

  private Unicode() {}

  /** These characters, cut to a length without cutting a character in two. */
  static String text(char[] chars, int offset, int count, int longest) {
    int length = Math.min(count, longest);
    if (length < count && length > 0 && Character.isHighSurrogate(chars[offset + length - 1])) {
      length--;
    }
    String text = new String(chars, offset, length);
    for (int i = 0; i < length; i++) {
      char c = chars[offset + i];
      if (c == 0 || Character.isSurrogate(c)) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      boolean pair = Character.isSupplementaryCodePoint(point);
      boolean bad = point == 0 || (!pair && Character.isSurrogate((char) point));
      repaired.appendCodePoint(bad ? REPLACEMENT : point);
      i += pair ? 1 : 0;
    }
    return repaired.toString();
  }

  /** Appends a JSON string. */
  static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
