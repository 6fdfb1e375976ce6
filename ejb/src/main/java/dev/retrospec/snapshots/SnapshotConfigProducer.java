package dev.retrospec.snapshots;

import dev.retrospec.platform.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads this package's settings once. */
@Dependent
public class SnapshotConfigProducer {

  @Produces
  @Singleton
  SnapshotConfig snapshots(Settings settings) {
    return SnapshotConfig.from(settings);
  }
}
