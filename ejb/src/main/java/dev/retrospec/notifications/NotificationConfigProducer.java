package dev.retrospec.notifications;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class NotificationConfigProducer {

  @Produces
  @Singleton
  NotificationConfig notifications(Settings settings) {
    return NotificationConfig.from(settings);
  }
}
