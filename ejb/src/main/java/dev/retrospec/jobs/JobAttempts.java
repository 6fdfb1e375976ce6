package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The three moments of an attempt, each a short transaction of its own; the work stands between
 * them, in none.
 */
@ApplicationScoped
public class JobAttempts {

  /** Whoever asks for more is not believed: a job that waits for days is forgotten. */
  static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Jobs jobs;
  private final JobsConfig config;
  private final Event<JobGivenUp> givenUp;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public JobAttempts(
      Jobs jobs, JobsConfig config, Event<JobGivenUp> givenUp, MeterRegistry meters, Clock clock) {
    this.jobs = jobs;
    this.config = config;
    this.givenUp = givenUp;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected JobAttempts() {
    this(null, null, null, null, null);
  }

  /**
   * Counts the attempt, before anything can go wrong in it.
   *
   * @return empty when the job is done, dead, running elsewhere or waiting for its time: a signal
   *     that came twice
   */
  @Transactional
  public Optional<Job> begin(JobId id) {
    return jobs.begin(id, config.lease(), clock.instant());
  }

  /**
   * The same for whichever job of this kind is next when projects take turns; each has its own
   * signal, so that as many are begun as there are.
   */
  @Transactional
  public Optional<Job> beginInTurn(JobKind kind) {
    return jobs.beginInTurn(kind, config.lease(), clock.instant());
  }

  /**
   * The work goes on: without this another worker begins the job again when its lease has run out.
   * For work that may take longer than one lease; called again and again while it lives.
   */
  @Transactional
  public void renew(Job job) {
    jobs.renew(job, clock.instant().plus(config.lease()));
  }

  /**
   * Marks the job done and writes its result, both or neither.
   *
   * @param result what the work has found; not run when another attempt has taken over meanwhile
   */
  @Transactional
  public void succeed(Job job, Runnable result) {
    Instant now = clock.instant();
    if (jobs.finish(job, now)) {
      result.run();
      count(job, "done");
    } else {
      count(job, "late");
    }
  }

  /** The attempt failed: another one later, or none any more. */
  @Transactional
  public AttemptFailure fail(Job job, String reason) {
    return fail(job, reason, Duration.ZERO);
  }

  /**
   * The same for a failure that says when to come back.
   *
   * @param atLeast no other attempt before; more than {@link #LONGEST_WAIT} counts as that
   */
  @Transactional
  public AttemptFailure fail(Job job, String reason, Duration atLeast) {
    Instant now = clock.instant();
    if (job.isLastAttempt()) {
      giveUp(job, reason, now);
      return new AttemptFailure.GivenUp();
    }
    Duration pause =
        RetryPolicy.pauseAfter(
            job.attempts(), config.of(job.kind()).retryBase(), ThreadLocalRandom.current());
    if (atLeast.compareTo(pause) > 0) {
      pause = atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
    }
    jobs.retryAt(job, reason, now.plus(pause), now);
    count(job, "retrying");
    return new AttemptFailure.Retry(pause);
  }

  /** The worker of the last attempt has vanished. */
  @Transactional
  public void abandon(Job job, String reason) {
    giveUp(job, reason, clock.instant());
  }

  private void giveUp(Job job, String reason, Instant now) {
    if (jobs.giveUp(job, reason, now)) {
      givenUp.fire(new JobGivenUp(job, reason));
      count(job, "dead");
    }
  }

  private void count(Job job, String outcome) {
    meters
        .counter("retrospec.jobs.attempts", "kind", job.kind().wireName(), "outcome", outcome)
        .increment();
  }
}
