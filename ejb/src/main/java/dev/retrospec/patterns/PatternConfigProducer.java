package dev.retrospec.patterns;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class PatternConfigProducer {

  @Produces
  @Singleton
  PatternConfig patterns(Settings settings) {
    return PatternConfig.from(settings);
  }
}
