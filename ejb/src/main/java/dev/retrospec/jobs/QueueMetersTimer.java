package dev.retrospec.jobs;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every ten seconds, about as often as figures are scraped. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QueueMetersTimer {

  @Inject private QueueMeters queueMeters;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void refresh() {
    queueMeters.refresh();
  }
}
