package dev.retrospec.sourcemaps;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class SourceMapConfigProducer {

  @Produces
  @Singleton
  SourceMapConfig sourceMaps(Settings settings) {
    return SourceMapConfig.from(settings);
  }
}
