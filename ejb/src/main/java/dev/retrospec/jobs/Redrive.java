package dev.retrospec.jobs;

import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Gives dead letters all their attempts again. A crash in the middle loses none. */
@ApplicationScoped
public class Redrive {

  public static final int MAX_LIMIT = 1_000;

  private final Jobs jobs;
  private final Event<JobsEnqueued> enqueued;
  private final Clock clock;

  @Inject
  public Redrive(Jobs jobs, Event<JobsEnqueued> enqueued, Clock clock) {
    this.jobs = jobs;
    this.enqueued = enqueued;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected Redrive() {
    this(null, null, null);
  }

  /**
   * @param limit 1 to {@value #MAX_LIMIT}
   * @return how many were brought back
   */
  @Transactional
  public int redrive(JobKind queue, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_LIMIT);
    }
    List<JobSignal> signals = jobs.revive(queue, limit, clock.instant());
    if (!signals.isEmpty()) {
      enqueued.fire(new JobsEnqueued(signals));
    }
    return signals.size();
  }
}
