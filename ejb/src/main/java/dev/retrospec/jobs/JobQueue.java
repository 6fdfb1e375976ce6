package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes work for later. A job is written in the caller's transaction and signalled to the workers
 * only after its commit: what is rolled back never runs, what is committed always does.
 */
@ApplicationScoped
public class JobQueue {

  private final Jobs jobs;
  private final JobsConfig config;
  private final Event<JobsEnqueued> enqueued;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public JobQueue(
      Jobs jobs,
      JobsConfig config,
      Event<JobsEnqueued> enqueued,
      MeterRegistry meters,
      Clock clock) {
    this.jobs = jobs;
    this.config = config;
    this.enqueued = enqueued;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected JobQueue() {
    this(null, null, null, null, null);
  }

  /** Needs the caller's transaction. One statement. */
  public EnqueueOutcome enqueue(NewJob job) {
    return enqueueAll(List.of(job)).get(0);
  }

  /**
   * Needs the caller's transaction. One statement, however many.
   *
   * @return the outcome of each, in the same order
   */
  public List<EnqueueOutcome> enqueueAll(List<NewJob> wanted) {
    Map<String, NewJob> distinct = new LinkedHashMap<>();
    wanted.forEach(job -> distinct.putIfAbsent(job.dedupeKey(), job));
    if (distinct.isEmpty()) {
      return List.of();
    }
    Map<String, JobId> written = jobs.add(List.copyOf(distinct.values()), config, clock.instant());
    List<EnqueueOutcome> outcomes = new ArrayList<>(wanted.size());
    List<JobSignal> signals = new ArrayList<>(written.size());
    for (NewJob job : wanted) {
      // removed, so that the second of two equal jobs counts as a duplicate of the first
      JobId id = written.remove(job.dedupeKey());
      if (id == null) {
        outcomes.add(new EnqueueOutcome.Duplicate());
        count(job.kind(), "duplicate");
      } else {
        outcomes.add(new EnqueueOutcome.Enqueued(id));
        if (job.isForNow()) {
          signals.add(new JobSignal(job.kind(), id));
        }
        count(job.kind(), "enqueued");
      }
    }
    if (!signals.isEmpty()) {
      enqueued.fire(new JobsEnqueued(signals));
    }
    return outcomes;
  }

  private void count(JobKind kind, String outcome) {
    meters
        .counter("retrospec.jobs.requested", "kind", kind.wireName(), "outcome", outcome)
        .increment();
  }
}
