package dev.retrospec.issues.promotion;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every second, so that lists read few deltas. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CountSettlementTimer {

  @Inject private CountSettlement settlement;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void run() {
    settlement.settle();
  }
}
