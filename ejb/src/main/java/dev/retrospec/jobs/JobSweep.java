package dev.retrospec.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Finds what was left behind: by a lost signal, by a pause that is over, by a dead worker. */
@ApplicationScoped
public class JobSweep {

  /** Of one kind of work in one pass: a pass stays short, a backlog takes several. */
  static final int PASS = 500;

  private static final int PURGE_PASS = 5_000;

  private static final String ABANDONED =
      "The worker did not come back from the last attempt: it crashed, or took too long";

  /** What a pass found. */
  public record Swept(int signalled, int givenUp, int purged) {}

  private final Jobs jobs;
  private final JobsConfig config;
  private final Event<JobsEnqueued> enqueued;
  private final Event<JobGivenUp> givenUp;
  private final Clock clock;

  @Inject
  public JobSweep(
      Jobs jobs,
      JobsConfig config,
      Event<JobsEnqueued> enqueued,
      Event<JobGivenUp> givenUp,
      Clock clock) {
    this.jobs = jobs;
    this.config = config;
    this.enqueued = enqueued;
    this.givenUp = givenUp;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected JobSweep() {
    this(null, null, null, null, null);
  }

  @Transactional
  public Swept sweep() {
    Instant now = clock.instant();
    List<Job> abandoned = jobs.giveUpAbandoned(ABANDONED, PASS, now);
    abandoned.forEach(job -> givenUp.fire(new JobGivenUp(job, ABANDONED)));
    List<JobSignal> signals = jobs.bringBack(PASS, now);
    if (!signals.isEmpty()) {
      enqueued.fire(new JobsEnqueued(signals));
    }
    int purged = jobs.purgeDone(now.minus(longestWindow()), PURGE_PASS);
    return new Swept(signals.size(), abandoned.size(), purged);
  }

  private Duration longestWindow() {
    return config.kinds().values().stream()
        .map(JobsConfig.Patience::dedupeWindow)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
