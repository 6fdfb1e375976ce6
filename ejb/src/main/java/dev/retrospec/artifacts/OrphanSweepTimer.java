package dev.retrospec.artifacts;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Looks for objects without a row once a day, when few people are awake. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class OrphanSweepTimer {

  @Inject private OrphanSweep sweep;

  @Schedule(hour = "3", minute = "17", persistent = false)
  void run() {
    sweep.run();
  }
}
