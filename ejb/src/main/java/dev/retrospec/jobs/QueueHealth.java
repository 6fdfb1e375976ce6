package dev.retrospec.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** How the queues are doing, judged by thresholds. */
@ApplicationScoped
public class QueueHealth {

  /** In the order of badness. */
  public enum Status {
    HEALTHY,
    WARNING,
    CRITICAL;

    @com.fasterxml.jackson.annotation.JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The answer's shape. */
  public record Report(
      Status status,
      Instant generatedAt,
      QueueDepth replay,
      QueueDepth analysis,
      QueueDepth notification,
      QueueDepth snapshot,
      QueueDepth runAnalysis,
      QueueDepth recognition,
      QueueDepth runMessage,
      QueueDepth embedding,
      QueueDepth render,
      QueueDepth regroup,
      QueueDepth symbolication,
      QueueDepth ticket,
      QueueThresholds thresholds) {}

  private final QueueQueries queues;
  private final QueueThresholds thresholds;
  private final Clock clock;

  @Inject
  public QueueHealth(QueueQueries queues, QueueThresholds thresholds, Clock clock) {
    this.queues = queues;
    this.thresholds = thresholds;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected QueueHealth() {
    this(null, null, null);
  }

  public Report report() {
    Map<JobKind, QueueDepth> depths = queues.depths();
    return new Report(
        depths.values().stream()
            .map(depth -> judge(depth, thresholds))
            .max(Status::compareTo)
            .orElse(Status.HEALTHY),
        clock.instant(),
        depths.get(JobKind.REPLAY),
        depths.get(JobKind.ANALYSIS),
        depths.get(JobKind.NOTIFICATION),
        depths.get(JobKind.SNAPSHOT),
        depths.get(JobKind.RUN_ANALYSIS),
        depths.get(JobKind.RECOGNITION),
        depths.get(JobKind.RUN_MESSAGE),
        depths.get(JobKind.EMBEDDING),
        depths.get(JobKind.RENDER),
        depths.get(JobKind.REGROUP),
        depths.get(JobKind.SYMBOLICATION),
        depths.get(JobKind.TICKET),
        thresholds);
  }

  static Status judge(QueueDepth depth, QueueThresholds limits) {
    if (depth.pending() >= limits.pendingCritical()
        || depth.retryDepth() >= limits.retryCritical()
        || depth.failedDepth() >= limits.failedCritical()) {
      return Status.CRITICAL;
    }
    if (depth.pending() >= limits.pendingWarning()
        || depth.retryDepth() >= limits.retryWarning()
        || depth.failedDepth() >= limits.failedWarning()) {
      return Status.WARNING;
    }
    return Status.HEALTHY;
  }
}
