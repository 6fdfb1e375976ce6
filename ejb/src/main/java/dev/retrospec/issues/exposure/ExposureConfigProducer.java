package dev.retrospec.issues.exposure;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class ExposureConfigProducer {

  @Produces
  @Singleton
  ExposureConfig exposure(Settings settings) {
    return ExposureConfig.from(settings);
  }
}
