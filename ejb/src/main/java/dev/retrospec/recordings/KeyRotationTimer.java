package dev.retrospec.recordings;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Looks for keys under an older master key once an hour, on every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyRotationTimer {

  @Inject private KeyRotation rotation;

  @Schedule(hour = "*", minute = "41", persistent = false)
  void run() {
    rotation.run();
  }
}
