package dev.retrospec.testruns;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class TestRunsProducer {

  @Produces
  @Singleton
  RunsConfig runs(Settings settings) {
    return RunsConfig.from(settings);
  }

  @Produces
  @Singleton
  RunAnalysisConfig analysis(Settings settings) {
    return RunAnalysisConfig.from(settings);
  }
}
