package dev.retrospec.sourcemaps.symbols;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 VLQ numbers (ECMA-426, 6.1), read one after the other: the lowest bit is the sign, each
 * digit holds five bits, the sixth says that more follow.
 */
final class Vlq {

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte[] VALUES = new byte[128];
  private static final int MORE = 32;
  private static final int BITS = 5;
  private static final int MAX_SHIFT = 30;

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length(); i++) {
      VALUES[DIGITS.charAt(i)] = (byte) i;
    }
  }

  private final byte[] text;
  private int position;

  Vlq(byte[] text, int position) {
    this.text = text;
    this.position = position;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    return position == text.length;
  }

  /** The separator that stands here, or 0 for a digit or the end. */
  char separator() {
    byte here = position < text.length ? text[position] : 0;
    return here == ',' || here == ';' ? (char) here : 0;
  }

  void skip() {
    position++;
  }

  /** Whether another number of the same group stands here. */
  boolean hasNumber() {
    return position < text.length && separator() == 0;
  }

  /**
   * @throws InvalidSourceMap when no number stands here
   */
  int next() {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += BITS) {
      int digit = position < text.length && text[position] >= 0 ? VALUES[text[position]] : -1;
      if (digit < 0) {
        throw new InvalidSourceMap("has mappings that are no Base64 VLQ at " + position);
      }
      position++;
      value |= (long) (digit & (MORE - 1)) << shift;
      if ((digit & MORE) == 0) {
        long magnitude = value >>> 1;
        return (int) ((value & 1) == 0 ? magnitude : -magnitude);
      }
    }
    throw new InvalidSourceMap("has mappings with too large a number at " + position);
  }
}
