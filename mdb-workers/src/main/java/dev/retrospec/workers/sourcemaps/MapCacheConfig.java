package dev.retrospec.workers.sourcemaps;

import dev.retrospec.platform.config.Settings;

/**
 * How many maps stay open.
 *
 * @param maxBytes of memory, about; a map takes about what its file does without its sources
 */
public record MapCacheConfig(long maxBytes) {

  private static final long MIB = 1L << 20;

  static MapCacheConfig from(Settings settings) {
    return new MapCacheConfig(settings.integer("SOURCE_MAP_CACHE_MB", 64, 1, 10_000) * MIB);
  }
}
