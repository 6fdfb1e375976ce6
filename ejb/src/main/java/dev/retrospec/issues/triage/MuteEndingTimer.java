package dev.retrospec.issues.triage;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every ten seconds: an index holds the mutes, and there are few. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MuteEndingTimer {

  @Inject private MuteEnding ending;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void run() {
    ending.run();
  }
}
