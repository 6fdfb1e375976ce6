package dev.retrospec.jobs;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class JobsConfigProducer {

  @Produces
  @Singleton
  JobsConfig jobs(Settings settings) {
    return JobsConfig.from(settings);
  }

  @Produces
  @Singleton
  QueueThresholds thresholds(Settings settings) {
    return QueueThresholds.from(settings);
  }
}
