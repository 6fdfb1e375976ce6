package dev.retrospec.workers.runtime;

import dev.retrospec.ids.JobId;
import dev.retrospec.jobs.AsksToWait;
import dev.retrospec.jobs.AttemptFailure;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobAttempts;
import dev.retrospec.platform.failure.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One signal, from its arrival to the end of the attempt. Call it without a transaction. */
@ApplicationScoped
public class JobRun {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final JobAttempts attempts;
  private final Courtesy courtesy;
  private final MeterRegistry meters;

  @Inject
  public JobRun(JobAttempts attempts, Courtesy courtesy, MeterRegistry meters) {
    this.attempts = attempts;
    this.courtesy = courtesy;
    this.meters = meters;
  }

  /** For the container's proxy. */
  protected JobRun() {
    this(null, null, null);
  }

  /**
   * Does the job, or nothing when it was done, is being done or waits for its time; where projects
   * take turns, the next job of its kind. A failure of the work ends in a retry or a dead letter
   * and is no failure of this method; that the outbox cannot be reached is. An {@link Error} of the
   * work is both.
   */
  public void run(JobId id, JobWork work) {
    Optional<Job> begun =
        work.takesTurns() ? attempts.beginInTurn(work.kind()) : attempts.begin(id);
    if (begun.isEmpty()) {
      return;
    }
    Job job = begun.get();
    if (work.isForTheProcessor()) {
      courtesy.letOthersGoFirst();
    }
    Timer.Sample sample = Timer.start(meters);
    try {
      Runnable result = work.perform(job);
      attempts.succeed(job, result);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      fail(job, e);
    } catch (Error e) {
      // Without this the job stays leased, and the broker delivers it again without end.
      try {
        fail(job, e);
      } catch (RuntimeException | Error another) {
        e.addSuppressed(another);
      }
      throw e;
    } finally {
      sample.stop(meters.timer("retrospec.jobs.duration", "kind", job.kind().wireName()));
    }
  }

  private void fail(Job job, Throwable failure) {
    AttemptFailure next = attempts.fail(job, reason(failure), pause(failure));
    String kind = job.kind().wireName();
    long id = job.id().value();
    if (next instanceof AttemptFailure.Retry retry) {
      LOG.warn(
          "{} job {} failed in attempt {}, next in {} ms",
          kind,
          id,
          job.attempts(),
          retry.pause().toMillis(),
          failure);
    } else {
      LOG.error("{} job {} is given up after attempt {}", kind, id, job.attempts(), failure);
    }
  }

  private static Duration pause(Throwable failure) {
    return failure instanceof AsksToWait asking ? asking.pause() : Duration.ZERO;
  }

  /** Ours are written to be shown; others may quote what they choked on, so only their type is. */
  private static String reason(Throwable failure) {
    return failure instanceof Failure ? failure.getMessage() : failure.getClass().getSimpleName();
  }
}
