package dev.retrospec.workers.snapshots;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.browser.NameLookup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once, and says who resolves names. */
@Dependent
public class CaptureConfigProducer {

  @Produces
  @Singleton
  CaptureConfig capture(Settings settings) {
    return CaptureConfig.from(settings);
  }

  @Produces
  @Singleton
  NameLookup names() {
    return NameLookup.SYSTEM;
  }
}
