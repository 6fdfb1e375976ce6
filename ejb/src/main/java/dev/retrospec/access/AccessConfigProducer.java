package dev.retrospec.access;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads {@link AccessConfig} once, at the start. */
@Dependent
public class AccessConfigProducer {

  @Produces
  @Singleton
  AccessConfig accessConfig(Settings settings) {
    return AccessConfig.of(settings);
  }
}
