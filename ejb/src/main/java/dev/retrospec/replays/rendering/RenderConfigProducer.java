package dev.retrospec.replays.rendering;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the settings of rendering once. */
@Dependent
public class RenderConfigProducer {

  @Produces
  @Singleton
  RenderConfig rendering(Settings settings) {
    return RenderConfig.from(settings);
  }
}
