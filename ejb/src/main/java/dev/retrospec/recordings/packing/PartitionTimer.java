package dev.retrospec.recordings.packing;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Looks after the spool's hours at the start and every ten minutes, on every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class PartitionTimer {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Resource private TimerService timers;
  @Inject private RecordingPartitions partitions;

  @PostConstruct
  void schedule() {
    timers.createIntervalTimer(0, INTERVAL.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void run() {
    partitions.maintain();
  }
}
