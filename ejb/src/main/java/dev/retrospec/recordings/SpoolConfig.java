package dev.retrospec.recordings;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How long and how much the spool may hold, and how large a block becomes.
 *
 * @param maxBytes stored bytes that may wait for the packer; beyond it nothing is taken in
 * @param blockBytes a block is closed when it is this large
 * @param quiet a session whose last chunk is older than this is packed when there is enough for a
 *     block
 * @param maxWait no chunk waits longer than this for others, however small its block becomes
 */
public record SpoolConfig(long maxBytes, int blockBytes, Duration quiet, Duration maxWait) {

  private static final int MIB = 1024 * 1024;

  /** Below it the number of objects, which is what the store is paid for, grows. */
  private static final int MIN_BLOCK_BYTES = 8 * MIB;

  /** The object stores take more in one request, but a block stands in memory while it is put. */
  private static final int MAX_BLOCK_BYTES = 64 * MIB;

  public static final SpoolConfig DEFAULT =
      new SpoolConfig(8L * 1024 * MIB, 16 * MIB, Duration.ofSeconds(60), Duration.ofMinutes(10));

  public static SpoolConfig from(Settings settings) {
    return new SpoolConfig(
        settings.bytes("SPOOL_MAX_BYTES", DEFAULT.maxBytes, MIB, Long.MAX_VALUE),
        settings.integer(
            "RECORDING_BLOCK_BYTES", DEFAULT.blockBytes, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES),
        settings.duration("SPOOL_QUIET_SECONDS", Duration.ofSeconds(1), DEFAULT.quiet.toSeconds()),
        settings.duration(
            "SPOOL_MAX_WAIT_SECONDS", Duration.ofSeconds(1), DEFAULT.maxWait.toSeconds()));
  }
}
