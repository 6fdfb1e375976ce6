package dev.retrospec.workers.browser;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class BrowserConfigProducer {

  @Produces
  @Singleton
  BrowserConfig browser(Settings settings) {
    String path = System.getenv("PATH");
    return BrowserConfig.from(settings, path == null ? "" : path);
  }
}
