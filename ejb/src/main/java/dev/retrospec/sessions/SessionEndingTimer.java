package dev.retrospec.sessions;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Ends silent sessions, keeps rings short and indexes what has ended, every few seconds, on every
 * node.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionEndingTimer {

  @Inject private SessionEnding ending;
  @Inject private SessionRings rings;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void run() {
    ending.run();
    rings.prune();
    ending.index();
  }
}
