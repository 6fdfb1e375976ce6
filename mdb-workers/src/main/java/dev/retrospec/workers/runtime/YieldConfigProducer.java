package dev.retrospec.workers.runtime;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class YieldConfigProducer {

  @Produces
  @Singleton
  YieldConfig yielding(Settings settings) {
    return YieldConfig.from(settings);
  }
}
