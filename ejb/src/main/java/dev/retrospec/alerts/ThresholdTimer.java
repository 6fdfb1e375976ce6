package dev.retrospec.alerts;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Every minute: what crosses a threshold. On every node. Not {@link AlertTimer}'s, because what is
 * held must not wait for a look that takes long or fails.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ThresholdTimer {

  @Inject private ThresholdWatch thresholds;

  @Schedule(hour = "*", minute = "*", second = "7", persistent = false)
  void run() {
    thresholds.look();
  }
}
