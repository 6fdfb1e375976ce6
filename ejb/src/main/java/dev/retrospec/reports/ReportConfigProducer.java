package dev.retrospec.reports;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class ReportConfigProducer {

  @Produces
  @Singleton
  ReportConfig reports(Settings settings) {
    return ReportConfig.from(settings);
  }
}
