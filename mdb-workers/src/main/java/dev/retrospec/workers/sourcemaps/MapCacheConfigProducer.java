package dev.retrospec.workers.sourcemaps;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class MapCacheConfigProducer {

  @Produces
  @Singleton
  MapCacheConfig mapCache(Settings settings) {
    return MapCacheConfig.from(settings);
  }
}
