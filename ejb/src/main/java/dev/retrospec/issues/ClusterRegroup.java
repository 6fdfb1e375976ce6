package dev.retrospec.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.RegroupPlan;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a project's clusters to today's rules: reads all markers, says what joins and what falls
 * apart, and, unless it is a dry run, moves them. Old keys stay as aliases. In slices with a
 * transaction each, beside intake; what has begun goes on after a crash, and again changes nothing.
 */
@ApplicationScoped
public class ClusterRegroup {

  /** Some megabytes, and some dozens of milliseconds with the lock of all counts. */
  private static final int SLICE = 500;

  /** They are forgotten one day; nobody looks further back. */
  private static final int MAX_LISTED = 10;

  private final RegroupRuns runs;
  private final RegroupParts parts;
  private final StoredMarkers markers;
  private final MarkerRegrouping regrouping;
  private final MarkerMoves moves;
  private final ClusterCounts counts;
  private final ClusterConstraints constraints;
  private final RegroupSuccession succession;
  private final MarkerTransfers transfers;
  private final JobQueue jobs;
  private final Clock clock;

  @Inject
  public ClusterRegroup(
      RegroupRuns runs,
      RegroupParts parts,
      StoredMarkers markers,
      MarkerRegrouping regrouping,
      MarkerMoves moves,
      ClusterCounts counts,
      ClusterConstraints constraints,
      RegroupSuccession succession,
      MarkerTransfers transfers,
      JobQueue jobs,
      Clock clock) {
    this.runs = runs;
    this.parts = parts;
    this.markers = markers;
    this.regrouping = regrouping;
    this.moves = moves;
    this.counts = counts;
    this.constraints = constraints;
    this.succession = succession;
    this.transfers = transfers;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterRegroup() {
    this(null, null, null, null, null, null, null, null, null, null, null);
  }

  /**
   * Asks for a run; a worker does it.
   *
   * @throws NotFound when there is no such project
   * @throws InvalidRequest when one is under way in the project, or issues are being merged or
   *     taken apart
   */
  @Transactional
  public RegroupRun request(ProjectId project, boolean dryRun, @Nullable String by) {
    if (!runs.hasProject(project)) {
      throw new NotFound("Project");
    }
    if (transfers.any(project)) {
      throw new InvalidRequest(
          "issues are being merged or taken apart; try again when that is done");
    }
    String id = "regroup-" + UUID.randomUUID().toString().replace("-", "");
    if (!runs.add(project, id, dryRun, by, clock.instant())) {
      throw new InvalidRequest("a regroup of this project is under way");
    }
    goOn(project, id);
    return runs.find(project, id).orElseThrow();
  }

  /** Empty when the project has no such run, or it was long ago. */
  public Optional<RegroupRun> find(ProjectId project, String id) {
    return runs.find(project, id);
  }

  /** The latest runs of a project, the last one first; at most {@value #MAX_LISTED}. */
  public List<RegroupRun> latest(ProjectId project) {
    return runs.latest(project, MAX_LISTED);
  }

  /** Asks for the rest of a run; in the caller's transaction. */
  public void goOn(ProjectId project, String id) {
    runs.lock(project, id)
        .ifPresent(
            at ->
                jobs.enqueue(
                    NewJob.about(
                        JobKind.REGROUP,
                        project,
                        id,
                        "{}",
                        List.of(
                            at.run().state(), at.session(), at.marker(), at.run().updatedAt()))));
  }

  void givenUp(@Observes JobGivenUp event) {
    Job job = event.job();
    if (job.kind() == JobKind.REGROUP && TransferSlices.Task.of(job).isEmpty()) {
      runs.fail(job.projectId(), job.subject(), event.reason(), clock.instant());
    }
  }

  /**
   * Does the next slice of a run.
   *
   * @return whether there is more to do
   */
  @Transactional
  public boolean step(ProjectId project, String id) {
    Optional<RegroupRuns.Position> found = runs.lock(project, id);
    if (found.isEmpty()) {
      return false;
    }
    RegroupRuns.Position at = found.get();
    return switch (at.run().state()) {
      case WAITING -> !at.run().dryRun() && finishEarlier(project) || read(project, at);
      case READING -> read(project, at);
      case MOVING -> move(project, at);
      case DONE, FAILED -> false;
    };
  }

  /**
   * What a run that failed has emptied is still an issue, with what people decided, and would go
   * with the next sweep.
   *
   * @return whether there was anything left of one
   */
  private boolean finishEarlier(ProjectId project) {
    Optional<String> earlier = runs.failedWithParts(project);
    earlier.ifPresent(
        failed -> {
          counts.lock();
          if (!succession.succeed(project, failed)) {
            parts.forget(project, failed);
          }
        });
    return earlier.isPresent();
  }

  private boolean read(ProjectId project, RegroupRuns.Position at) {
    String id = at.run().id();
    List<StoredMarker> slice = markers.after(project, at.session(), at.marker(), SLICE);
    if (!slice.isEmpty()) {
      parts.count(
          project,
          id,
          slice,
          slice.stream().map(one -> Fingerprint.of(one.marker()).key()).toList());
      advance(project, id, RegroupRun.State.READING, slice, slice.size(), 0);
      return true;
    }
    RegroupPlan plan = plan(project, id);
    runs.report(project, id, plan.report());
    if (at.run().dryRun()) {
      parts.forget(project, id);
      runs.advance(project, id, RegroupRun.State.DONE, null, 0, 0, clock.instant());
      return false;
    }
    counts.lock();
    succession.prepare(project, id, plan);
    parts.successors(project, id, plan.successors());
    runs.advance(project, id, RegroupRun.State.MOVING, null, 0, 0, clock.instant());
    return true;
  }

  private RegroupPlan plan(ProjectId project, String id) {
    return RegroupPlan.of(
        parts.of(project, id), parts.decisions(project, constraints.of(project, null)));
  }

  private boolean move(ProjectId project, RegroupRuns.Position at) {
    String id = at.run().id();
    counts.lock();
    List<StoredMarker> slice = markers.after(project, at.session(), at.marker(), SLICE);
    if (!slice.isEmpty()) {
      int moved = moves.move(project, regrouping.moves(project, slice));
      advance(project, id, RegroupRun.State.MOVING, slice, 0, moved);
      return true;
    }
    if (succession.succeed(project, id)) {
      return true;
    }
    parts.forget(project, id);
    runs.advance(project, id, RegroupRun.State.DONE, null, 0, 0, clock.instant());
    return false;
  }

  private void advance(
      ProjectId project,
      String id,
      RegroupRun.State state,
      List<StoredMarker> slice,
      int read,
      int moved) {
    runs.advance(project, id, state, slice.get(slice.size() - 1), read, moved, clock.instant());
  }
}
