package dev.retrospec.workers.render;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class EncoderConfigProducer {

  @Produces
  @Singleton
  EncoderConfig encoder(Settings settings) {
    String path = System.getenv("PATH");
    return EncoderConfig.from(settings, path == null ? "" : path);
  }
}
