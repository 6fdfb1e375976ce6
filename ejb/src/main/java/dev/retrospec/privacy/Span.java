package dev.retrospec.privacy;

/**
 * A stretch of characters, packed into a {@code long} because a match is reported for every
 * candidate of every string and must not allocate.
 */
final class Span {

  /** No match. */
  static final long NONE = -1;

  private Span() {}

  static long of(int start, int end) {
    return ((long) start << 32) | end;
  }

  static int start(long span) {
    return (int) (span >>> 32);
  }

  static int end(long span) {
    return (int) span;
  }
}
