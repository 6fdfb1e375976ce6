package dev.retrospec.retention;

import dev.retrospec.platform.config.Settings;
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

/** Runs the cleanup every {@code AUTO_CLEANUP_INTERVAL_MINUTES}, on every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class CleanupTimer {

  @Resource private TimerService timers;
  @Inject private Cleanup cleanup;
  @Inject private Settings settings;

  @PostConstruct
  void schedule() {
    Duration interval = RetentionConfig.from(settings).interval();
    if (!interval.isZero()) {
      // Not persistent: after a restart it begins anew, and nothing of it stands in the database.
      timers.createIntervalTimer(
          interval.toMillis(), interval.toMillis(), new TimerConfig(null, false));
    }
  }

  @Timeout
  void run() {
    cleanup.runAll();
  }
}
