package dev.retrospec.alerts;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every minute: what is held and due. On every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AlertTimer {

  @Inject private DueAlerts due;
  @Inject private RuleResealing rules;

  @Schedule(hour = "*", minute = "*", second = "17", persistent = false)
  void run() {
    due.release();
  }

  @Schedule(hour = "*", minute = "43", persistent = false)
  void reseal() {
    rules.resealOutdated();
  }
}
