package dev.retrospec.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what was left behind: by a lost signal, by a pause that is over, by a dead worker. */
@ApplicationScoped
public class JobSweep {

  /** Of one kind of work in one pass: a pass stays short, a backlog takes several. */
  static final int PASS = 500;

  private static final int PURGE_PASS = 5_000;

  /** A job that cannot even be given up must not be tried every second. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  /** What nobody has brought back in a month is about sessions that have gone long ago. */
  static final Duration DEAD_KEPT = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(JobSweep.class);

  private static final String ABANDONED =
      "The worker did not come back from the last attempt: it crashed, or took too long";

  /** What a pass found. */
  public record Swept(int signalled, int givenUp, int purged) {}

  private final Jobs jobs;
  private final JobAttempts attempts;
  private final JobsConfig config;
  private final Event<JobsEnqueued> enqueued;
  private final Clock clock;

  @Inject
  public JobSweep(
      Jobs jobs,
      JobAttempts attempts,
      JobsConfig config,
      Event<JobsEnqueued> enqueued,
      Clock clock) {
    this.jobs = jobs;
    this.attempts = attempts;
    this.config = config;
    this.enqueued = enqueued;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected JobSweep() {
    this(null, null, null, null, null);
  }

  /** Call it without a transaction: each step is one of its own, so that none spoils another. */
  public Swept sweep() {
    Instant now = clock.instant();
    List<JobSignal> signals = jobs.bringBack(PASS, now);
    if (!signals.isEmpty()) {
      enqueued.fire(new JobsEnqueued(signals));
    }
    int givenUp = 0;
    for (Job job : jobs.abandoned(PASS, now)) {
      givenUp += giveUp(job, now) ? 1 : 0;
    }
    int purged =
        jobs.purgeDone(now.minus(longestWindow()), PURGE_PASS)
            + jobs.purgeDead(now.minus(DEAD_KEPT), PURGE_PASS);
    return new Swept(signals.size(), givenUp, purged);
  }

  private boolean giveUp(Job job, Instant now) {
    try {
      attempts.abandon(job, ABANDONED);
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} job {} cannot be given up", job.kind().wireName(), job.id().value(), e);
      jobs.lookAgain(job, now.plus(AFTER_FAILURE));
      return false;
    }
  }

  private Duration longestWindow() {
    return config.kinds().values().stream()
        .map(JobsConfig.Patience::dedupeWindow)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
