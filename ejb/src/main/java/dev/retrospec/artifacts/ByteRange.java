package dev.retrospec.artifacts;

/**
 * A part of an object.
 *
 * @param offset of the first byte, from 0
 * @param length in bytes, at least 1; what lies beyond the object's end is not given
 */
public record ByteRange(long offset, long length) {

  public ByteRange {
    if (offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
      throw new IllegalArgumentException("a byte range begins at 0 or later and is not empty");
    }
  }

  /** Everything from {@code offset} on. */
  public static ByteRange from(long offset) {
    return new ByteRange(offset, Long.MAX_VALUE - offset);
  }

  /** Offset of the last byte. */
  public long last() {
    return offset + length - 1;
  }

  /** Whether it has no end of its own. */
  public boolean isOpen() {
    return length == Long.MAX_VALUE - offset;
  }
}
