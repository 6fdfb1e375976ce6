package dev.retrospec.issues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves the markers of clusters that somebody has merged or separated, in slices with a transaction
 * each: what has begun goes on after a crash, and again changes nothing. What people say meanwhile
 * counts.
 */
@ApplicationScoped
public class TransferSlices {

  /** Some megabytes, and some dozens of milliseconds with the lock of all counts. */
  static final int SLICE = 500;

  private final StoredMarkers markers;
  private final ClusterDecisions decisions;
  private final MarkerMoves moves;
  private final MarkerTransfers transfers;
  private final ClusterCounts counts;
  private final ClusterLegacies legacies;
  private final ClusterUnion union;
  private final JobQueue jobs;
  private final Event<MarkersTransferred> transferred;
  private final Clock clock;

  @Inject
  public TransferSlices(
      StoredMarkers markers,
      ClusterDecisions decisions,
      MarkerMoves moves,
      MarkerTransfers transfers,
      ClusterCounts counts,
      ClusterLegacies legacies,
      ClusterUnion union,
      JobQueue jobs,
      Event<MarkersTransferred> transferred,
      Clock clock) {
    this.markers = markers;
    this.decisions = decisions;
    this.moves = moves;
    this.transfers = transfers;
    this.counts = counts;
    this.legacies = legacies;
    this.union = union;
    this.jobs = jobs;
    this.transferred = transferred;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TransferSlices() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  /** What a job of {@link JobKind#REGROUP} is about; its subject is where the markers go. */
  public record Task(ClusterKey from, ClusterKey to) {

    /** Empty when the job is about something else. */
    public static Optional<Task> of(Job job) {
      JsonNode from = Json.read(job.payload(), JsonNode.class).path("from");
      return from.isTextual()
          ? Optional.of(new Task(new ClusterKey(from.asText()), new ClusterKey(job.subject())))
          : Optional.empty();
    }
  }

  /** Asks for the rest; in the caller's transaction. */
  public void goOn(ProjectId project, Task task) {
    transfers
        .lock(project, task.from(), task.to())
        .ifPresent(
            at ->
                jobs.enqueue(
                    NewJob.about(
                        JobKind.REGROUP,
                        project,
                        task.to().value(),
                        Json.write(Map.of("from", task.from().value())),
                        List.of(
                            task.from(), at.session(), at.marker(), at.second(), at.updatedAt()))));
  }

  void givenUp(@Observes JobGivenUp event) {
    Job job = event.job();
    if (job.kind() == JobKind.REGROUP) {
      Task.of(job)
          .ifPresent(
              task -> transfers.fail(job.projectId(), task.from(), task.to(), event.reason()));
    }
  }

  /**
   * Goes on with what stopped on its way from or to a cluster.
   *
   * @return whether there was anything
   */
  @Transactional
  public boolean again(ProjectId project, ClusterKey cluster) {
    List<MarkerTransfer> stopped =
        transfers.of(project, cluster).stream().filter(one -> one.failure() != null).toList();
    for (MarkerTransfer one : stopped) {
      transfers.advance(project, one, null, false, 0, clock.instant());
      goOn(project, new Task(one.from(), one.to()));
    }
    return !stopped.isEmpty();
  }

  /**
   * Moves the first slice, and asks for the rest when there may be more; in the caller's
   * transaction, with the lock.
   *
   * @param part the fingerprints that make it; empty: all go
   */
  First begin(
      ProjectId project,
      ClusterKey from,
      ClusterKey to,
      Set<ClusterKey> part,
      @Nullable String by) {
    List<StoredMarker> slice = next(project, from, part, "", "");
    int moved = move(project, slice, part.isEmpty() ? to : null);
    boolean more = slice.size() == SLICE;
    if (more) {
      StoredMarker last = slice.get(slice.size() - 1);
      transfers.add(project, from, to, part, last, moved, by, clock.instant());
      goOn(project, new Task(from, to));
    }
    return new First(moved, more);
  }

  /** Asks for all slices of a merge; in the caller's transaction. */
  void queue(ProjectId project, ClusterKey from, ClusterKey to, @Nullable String by) {
    transfers.add(project, from, to, Set.of(), null, 0, by, clock.instant());
    goOn(project, new Task(from, to));
  }

  /** What the first slice did. */
  record First(int moved, boolean more) {}

  /**
   * Moves the next slice.
   *
   * @return whether there is more to do
   */
  @Transactional
  public boolean step(ProjectId project, Task task) {
    counts.lock();
    Optional<MarkerTransfers.Position> found = transfers.lock(project, task.from(), task.to());
    if (found.isEmpty()) {
      return false;
    }
    MarkerTransfers.Position at = found.get();
    MarkerTransfer transfer = at.transfer();
    ClusterKey leading = decisions.current(project, transfer.from());
    ClusterKey to = decisions.current(project, transfer.to());
    if (leading.equals(to) != transfer.merge()) { // because somebody has changed their mind
      transfers.forget(project, transfer);
      return false;
    }
    ClusterKey from = transfer.merge() ? transfer.from() : leading;
    List<StoredMarker> slice = next(project, from, at.fingerprints(), at.session(), at.marker());
    if (!slice.isEmpty()) {
      int moved = move(project, slice, transfer.merge() ? to : null);
      StoredMarker last = slice.get(slice.size() - 1);
      transfers.advance(project, transfer, last, at.second(), moved, clock.instant());
      return true;
    }
    if (!at.second()) {
      transfers.advance(project, transfer, null, true, 0, clock.instant());
      return true;
    }
    transfers.forget(project, transfer);
    if (transfer.merge()) {
      union.end(project, from, to);
    } else {
      counts.span(project, Set.of(from));
      legacies.inheritUses(project, from, to);
    }
    transferred.fire(
        new MarkersTransferred(project, from, to, transfer.merge(), transfer.markersMoved()));
    return false;
  }

  private List<StoredMarker> next(
      ProjectId project, ClusterKey from, Set<ClusterKey> part, String session, String marker) {
    return part.isEmpty()
        ? markers.of(project, from, session, marker, SLICE)
        : markers.joined(project, from, part, session, marker, SLICE);
  }

  /**
   * @param to null: each where it would go if it came in now
   */
  private int move(ProjectId project, List<StoredMarker> slice, @Nullable ClusterKey to) {
    List<ClusterKey> targets =
        to != null
            ? List.of()
            : decisions.resolveEach(
                project,
                slice.stream()
                    .map(one -> new ClusterDecisions.Derived(one.session(), one.fingerprint()))
                    .toList());
    List<MarkerMoves.Move> wanted = new ArrayList<>();
    for (int i = 0; i < slice.size(); i++) {
      StoredMarker one = slice.get(i);
      ClusterKey target = to != null ? to : targets.get(i);
      if (!target.equals(one.key())) {
        wanted.add(
            new MarkerMoves.Move(
                one.session(), one.marker(), one.fingerprint(), one.key(), target));
      }
    }
    return moves.move(project, wanted);
  }
}
