package dev.retrospec.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a request into which a number is written wherever {@link #MARK} stood, so that a request
 * can be new without being made anew. Not for use by several threads; each takes a {@link #copy}.
 */
public final class PatchedBytes {

  /** Stands for a number of ten digits. */
  public static final String MARK = "##########";

  private final byte[] bytes;
  private final int[] places;

  private PatchedBytes(byte[] bytes, int[] places) {
    this.bytes = bytes;
    this.places = places;
  }

  /** A text in which {@link #MARK} may stand any number of times. */
  public static PatchedBytes of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at <= bytes.length - mark.length; at++) {
      if (startsWith(bytes, at, mark)) {
        places.add(at);
        at += mark.length - 1;
      }
    }
    return new PatchedBytes(bytes, places.stream().mapToInt(Integer::intValue).toArray());
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] what) {
    for (int i = 0; i < what.length; i++) {
      if (bytes[from + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  public PatchedBytes copy() {
    return new PatchedBytes(bytes.clone(), places);
  }

  public int length() {
    return bytes.length;
  }

  /**
   * The bytes with this number in them; the same array each time.
   *
   * @param number 0 to 9 999 999 999
   */
  public byte[] with(long number) {
    for (int place : places) {
      long rest = number;
      for (int digit = MARK.length() - 1; digit >= 0; digit--) {
        bytes[place + digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return bytes;
  }
}
