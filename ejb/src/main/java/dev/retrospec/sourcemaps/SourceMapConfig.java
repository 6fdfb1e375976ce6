package dev.retrospec.sourcemaps;

import dev.retrospec.platform.config.Settings;
import java.time.Duration;

/**
 * How source maps are kept.
 *
 * @param retention a map that nothing was seen of for so long is deleted
 * @param maxMaps so many may a project keep
 * @param maxStoredBytes so much may a project's maps take in the object store
 * @param maxStacks so many stacks of a project are remembered; a browser may tell any, and each
 *     that is not remembered is read again
 */
public record SourceMapConfig(Duration retention, int maxMaps, long maxStoredBytes, int maxStacks) {

  public static final SourceMapConfig DEFAULT =
      new SourceMapConfig(Duration.ofDays(90), 20_000, 10L << 30, 50_000);

  private static final int MAX_DAYS = 3_650;
  private static final long MIB = 1L << 20;

  public static SourceMapConfig from(Settings settings) {
    return new SourceMapConfig(
        Duration.ofDays(
            settings.integer(
                "SOURCE_MAP_RETENTION_DAYS", (int) DEFAULT.retention.toDays(), 1, MAX_DAYS)),
        settings.integer("SOURCE_MAP_MAX_COUNT", DEFAULT.maxMaps, 1, 1_000_000),
        settings.integer(
                "SOURCE_MAP_MAX_TOTAL_MB", (int) (DEFAULT.maxStoredBytes / MIB), 1, 10_000_000)
            * MIB,
        settings.integer("SOURCE_MAP_MAX_STACKS", DEFAULT.maxStacks, 100, 10_000_000));
  }
}
