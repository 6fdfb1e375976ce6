package dev.retrospec.tickets;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class TicketConfigProducer {

  @Produces
  @Singleton
  TicketConfig tickets(Settings settings) {
    return TicketConfig.from(settings);
  }
}
