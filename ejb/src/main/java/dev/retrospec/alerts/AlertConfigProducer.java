package dev.retrospec.alerts;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class AlertConfigProducer {

  @Produces
  @Singleton
  AlertConfig alerts(Settings settings) {
    return AlertConfig.from(settings);
  }

  @Produces
  @Singleton
  RuleAlertConfig ruleAlerts(Settings settings) {
    return RuleAlertConfig.from(settings);
  }
}
