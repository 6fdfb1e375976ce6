package dev.retrospec.artifacts;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the settings of artifact tokens once. */
@Dependent
public class ArtifactTokensConfigProducer {

  @Produces
  @Singleton
  ArtifactTokensConfig artifactTokens(Settings settings) {
    return ArtifactTokensConfig.from(settings);
  }
}
