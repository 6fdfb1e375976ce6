package dev.retrospec.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Shows the depth of the queues as gauges. They are read from the database on a timer, so that a
 * scrape costs nothing however often it comes.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QueueMeters {

  @Inject private QueueQueries queues;
  @Inject private MeterRegistry meters;

  private volatile Map<JobKind, QueueDepth> depths = Map.of();

  @PostConstruct
  void register() {
    for (JobKind kind : JobKind.values()) {
      Gauge.builder("retrospec.queue.pending", () -> of(kind).pending())
          .tag("queue", kind.wireName())
          .register(meters);
      Gauge.builder("retrospec.queue.retrying", () -> of(kind).retryDepth())
          .tag("queue", kind.wireName())
          .register(meters);
      Gauge.builder("retrospec.queue.dead", () -> of(kind).failedDepth())
          .tag("queue", kind.wireName())
          .register(meters);
    }
  }

  private QueueDepth of(JobKind kind) {
    return depths.getOrDefault(kind, QueueDepth.EMPTY);
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void refresh() {
    depths = queues.depths();
  }
}
