package dev.retrospec.issues.trends;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Once a minute: an escalation shall be found within the hour in which it begins. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TrendKeepingTimer {

  @Inject private TrendKeeping trends;

  @Schedule(hour = "*", minute = "*", second = "35", persistent = false)
  void run() {
    trends.run();
  }
}
