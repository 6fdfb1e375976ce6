package dev.retrospec.testruns.junit;

/** Collects a long text in pieces and keeps its beginning, or its end. */
final class BoundedText {

  private final StringBuilder text = new StringBuilder();
  private final int limit;
  private final boolean keepsEnd;

  private BoundedText(int limit, boolean keepsEnd) {
    this.limit = limit;
    this.keepsEnd = keepsEnd;
  }

  static BoundedText beginning(int limit) {
    return new BoundedText(limit, false);
  }

  static BoundedText end(int limit) {
    return new BoundedText(limit, true);
  }

  void add(char[] chars, int offset, int length) {
    if (keepsEnd) {
      int from = Math.max(0, length - 2 * limit);
      text.append(chars, offset + from, length - from);
      if (text.length() > 4 * limit) {
        text.delete(0, text.length() - limit);
      }
    } else {
      text.append(chars, offset, Math.min(length, limit - text.length()));
    }
  }

  void add(String piece) {
    char[] chars = piece.toCharArray();
    add(chars, 0, chars.length);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return keepsEnd && text.length() > limit
        ? text.substring(text.length() - limit)
        : text.toString();
  }
}
