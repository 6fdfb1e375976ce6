package dev.retrospec.sessions;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Ends silent sessions, keeps rings short and indexes what has ended, every few seconds, on every
 * node. Each by itself: what fails or takes long holds up nothing else.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@Lock(LockType.READ)
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionEndingTimer {

  @Inject private SessionEnding ending;
  @Inject private SessionRings rings;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void end() {
    ending.run();
  }

  @Schedule(hour = "*", minute = "*", second = "5/15", persistent = false)
  void prune() {
    rings.prune();
  }

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void index() {
    ending.index();
  }
}
