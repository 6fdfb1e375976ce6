package dev.retrospec.issues.promotion;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every quarter of a minute: what waits for a worker in vain waits for little longer. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StackSettlementTimer {

  @Inject private StackSettlement settlement;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void run() {
    settlement.settleOverdue();
  }
}
