package dev.retrospec.issues.promotion;

import dev.retrospec.issues.PromotionTrigger;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Promotes every {@code AUTO_PROMOTE_INTERVAL_MINUTES}, on every node. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PromotionTimer {

  @Resource private TimerService timers;
  @Inject private IssuePromotion promotion;
  @Inject private PromotionConfig config;

  @PostConstruct
  void schedule() {
    Duration interval = config.interval();
    if (!interval.isZero()) {
      // Not persistent: after a restart it begins anew, and nothing of it stands in the database.
      timers.createIntervalTimer(
          interval.toMillis(), interval.toMillis(), new TimerConfig(null, false));
    }
  }

  @Timeout
  void run() {
    promotion.promoteAll(PromotionTrigger.TIMER);
  }
}
