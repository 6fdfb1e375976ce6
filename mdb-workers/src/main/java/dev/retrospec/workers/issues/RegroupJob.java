package dev.retrospec.workers.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterRegroup;
import dev.retrospec.issues.TransferSlices;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Does a part of a regroup, or of a merge or separation, and asks for the rest: a million markers
 * take minutes, and a job has a lease.
 */
@ApplicationScoped
public class RegroupJob implements JobWork {

  /** A quarter of the shortest lease that makes sense. */
  private static final Duration TURN = Duration.ofSeconds(15);

  private final ClusterRegroup regroup;
  private final TransferSlices transfers;
  private final Clock clock;

  @Inject
  public RegroupJob(ClusterRegroup regroup, TransferSlices transfers, Clock clock) {
    this.regroup = regroup;
    this.transfers = transfers;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected RegroupJob() {
    this(null, null, null);
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
    ProjectId project = job.projectId();
    return TransferSlices.Task.of(job)
        .map(
            task ->
                inTurn(() -> transfers.step(project, task), () -> transfers.goOn(project, task)))
        .orElseGet(
            () ->
                inTurn(
                    () -> regroup.step(project, job.subject()),
                    () -> regroup.goOn(project, job.subject())));
  }

  private Runnable inTurn(BooleanSupplier step, Runnable goOn) {
    Instant end = clock.instant().plus(TURN);
    boolean more = true;
    while (more && clock.instant().isBefore(end)) {
      more = step.getAsBoolean();
    }
    return more ? goOn : () -> {};
  }
}
