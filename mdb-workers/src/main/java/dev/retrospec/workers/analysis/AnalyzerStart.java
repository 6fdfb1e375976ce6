package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Stops the start when the settings name an analyzer that is not there. */
@Singleton
@Startup
public class AnalyzerStart {

  @Inject private Settings settings;

  @PostConstruct
  void check() {
    AnalyzerConfig.from(settings);
  }
}
