package dev.retrospec.testruns.junit;

/**
 * Collects a long text in pieces and keeps a part of it: the end, or both ends, because Java and
 * Python print the cause of a failure last.
 */
final class BoundedText {

  private final StringBuilder head = new StringBuilder();
  private final StringBuilder tail = new StringBuilder();
  private final int headLimit;
  private final int tailLimit;
  private boolean cut;

  private BoundedText(int headLimit, int tailLimit) {
    this.headLimit = headLimit;
    this.tailLimit = tailLimit;
  }

  static BoundedText ends(int limit) {
    return new BoundedText(limit / 4 * 3, limit / 4);
  }

  static BoundedText end(int limit) {
    return new BoundedText(0, limit);
  }

  void add(char[] chars, int offset, int length) {
    int first = Math.min(length, headLimit - head.length());
    head.append(chars, offset, first);
    int rest = length - first;
    int kept = Math.min(rest, tailLimit);
    cut |= kept < rest;
    tail.append(chars, offset + length - kept, kept);
    if (tail.length() > 4 * tailLimit) {
      trim();
    }
  }

  private void trim() {
    if (tail.length() > tailLimit) {
      cut = true;
      tail.delete(0, tail.length() - tailLimit);
    }
  }

  @Override
  public String toString() {
    trim();
    return head + (cut && !head.isEmpty() ? "\n…\n" : "") + tail;
  }
}
