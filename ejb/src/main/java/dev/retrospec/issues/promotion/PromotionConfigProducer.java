package dev.retrospec.issues.promotion;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class PromotionConfigProducer {

  @Produces
  @Singleton
  PromotionConfig promotion(Settings settings) {
    return PromotionConfig.from(settings);
  }
}
