package dev.retrospec.patterns.openai;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class EmbeddingConfigProducer {

  @Produces
  @Singleton
  EmbeddingConfig embedding(Settings settings) {
    return EmbeddingConfig.from(settings);
  }
}
