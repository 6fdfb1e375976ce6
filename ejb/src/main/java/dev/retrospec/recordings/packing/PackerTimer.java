package dev.retrospec.recordings.packing;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Packs what is ripe, on every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class PackerTimer {

  @Inject private RecordingPacker packer;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void run() {
    packer.pack();
  }
}
