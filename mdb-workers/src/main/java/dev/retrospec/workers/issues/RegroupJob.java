package dev.retrospec.workers.issues;

import dev.retrospec.issues.ClusterRegroup;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Does a part of a regroup and asks for the rest: a project of a million markers takes minutes, and
 * a job has a lease.
 */
@ApplicationScoped
public class RegroupJob implements JobWork {

  /** A quarter of the shortest lease that makes sense. */
  private static final Duration TURN = Duration.ofSeconds(15);

  private final ClusterRegroup regroup;
  private final Clock clock;

  @Inject
  public RegroupJob(ClusterRegroup regroup, Clock clock) {
    this.regroup = regroup;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected RegroupJob() {
    this(null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.REGROUP;
  }

  @Override
  public boolean takesTurns() {
    return true;
  }

  @Override
  public Runnable perform(Job job) {
    Instant end = clock.instant().plus(TURN);
    boolean more = true;
    while (more && clock.instant().isBefore(end)) {
      more = regroup.step(job.projectId(), job.subject());
    }
    boolean goOn = more;
    return () -> {
      if (goOn) {
        regroup.goOn(job.projectId(), job.subject());
      }
    };
  }
}
