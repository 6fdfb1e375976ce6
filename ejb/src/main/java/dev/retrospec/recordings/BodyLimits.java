package dev.retrospec.recordings;

/**
 * How large one request's body may be.
 *
 * @param wireBytes as sent
 * @param inflatedBytes after decompression
 */
public record BodyLimits(long wireBytes, long inflatedBytes) {

  private static final long MIB = 1024 * 1024;

  /** A flush is 10 to 200 KB; a full snapshot of a very large page is a few MB. */
  public static final BodyLimits DEFAULT = new BodyLimits(10 * MIB, 25 * MIB);

  public BodyLimits {
    if (wireBytes < 1 || inflatedBytes < 1) {
      throw new IllegalArgumentException("body limits must be positive");
    }
  }
}
