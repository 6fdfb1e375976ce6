package dev.retrospec.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Shows the depth of the queues as gauges. They are read from the database on a timer, so that a
 * scrape costs nothing however often it comes.
 */
@ApplicationScoped
public class QueueMeters {

  private final QueueQueries queues;
  private final MeterRegistry meters;

  private volatile Map<JobKind, QueueDepth> depths = Map.of();

  @Inject
  public QueueMeters(QueueQueries queues, MeterRegistry meters) {
    this.queues = queues;
    this.meters = meters;
  }

  /** For the container's proxy. */
  protected QueueMeters() {
    this(null, null);
  }

  @PostConstruct
  void register() {
    for (JobKind kind : JobKind.values()) {
      register("retrospec.queue.pending", kind, QueueDepth::pending);
      register("retrospec.queue.retrying", kind, QueueDepth::retryDepth);
      register("retrospec.queue.dead", kind, QueueDepth::failedDepth);
    }
  }

  private void register(String name, JobKind kind, ToLongFunction<QueueDepth> figure) {
    Gauge.builder(name, () -> figure.applyAsLong(depths.getOrDefault(kind, QueueDepth.EMPTY)))
        .tag("queue", kind.wireName())
        .register(meters);
  }

  /** Reads the figures again. */
  public void refresh() {
    depths = queues.depths();
  }
}
