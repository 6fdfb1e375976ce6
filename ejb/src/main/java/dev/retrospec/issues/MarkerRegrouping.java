package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.StoredMarkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups stored markers anew, when more is known of them than at their intake (a source map came
 * late) or when the rules have changed. What people decided stays: a session that was split off
 * stays where it is, and what was merged by hand stays merged.
 */
@ApplicationScoped
public class MarkerRegrouping {

  private final StoredMarkers markers;
  private final MarkerMoves moves;
  private final ClusterDepartures departures;
  private final ClusterDecisions decisions;
  private final ClusterCounts counts;
  private final ClusterLegacies legacies;
  private final ClusterUnion union;

  @Inject
  public MarkerRegrouping(
      StoredMarkers markers,
      MarkerMoves moves,
      ClusterDepartures departures,
      ClusterDecisions decisions,
      ClusterCounts counts,
      ClusterLegacies legacies,
      ClusterUnion union) {
    this.markers = markers;
    this.moves = moves;
    this.departures = departures;
    this.decisions = decisions;
    this.counts = counts;
    this.legacies = legacies;
    this.union = union;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerRegrouping() {
    this(null, null, null, null, null, null, null);
  }

  /**
   * Reads these markers of a session, computes their fingerprints as of now, and moves those that
   * belong to another cluster, with sessions, visitors and counts on both sides. A cluster that
   * nothing is left of becomes part of the one that took most of it: words and links go along, name
   * and state to a cluster that was made for it, and its key leads there. Whether the clusters are
   * issues now is decided with the next fold, a second later.
   *
   * <p>Again: nothing more happens. Safe beside intake and fold. It takes the lock of all counts
   * first; call it in a transaction of its own, or before that transaction writes markers,
   * otherwise two may wait for each other.
   *
   * @param ids those that the session has not are ignored
   * @return how many markers went to another cluster
   */
  @Transactional
  public int regroup(ProjectId project, SessionId session, Set<MarkerId> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    counts.lock();
    Collection<MarkerMoves.Move> wanted = moves(project, markers.of(project, session, ids));
    int moved = moves.move(project, wanted);
    Set<ClusterKey> left =
        wanted.stream()
            .filter(move -> !move.source().equals(move.target()))
            .map(MarkerMoves.Move::source)
            .collect(Collectors.toSet());
    for (ClusterKey empty : legacies.empty(project, left)) {
      departures
          .successor(project, empty)
          .ifPresent(successor -> union.succeed(project, empty, successor, false));
    }
    return moved;
  }

  /**
   * Where these markers belong now; those whose fingerprint is the same are left out. Carries over
   * what people decided; needs the lock.
   */
  List<MarkerMoves.Move> moves(ProjectId project, List<StoredMarker> stored) {
    List<StoredMarker> changed = new ArrayList<>();
    List<ClusterDecisions.Derived> derived = new ArrayList<>();
    for (StoredMarker one : stored) {
      ClusterKey fingerprint = Fingerprint.of(one.marker()).key();
      if (!fingerprint.equals(one.fingerprint())) {
        changed.add(one);
        derived.add(new ClusterDecisions.Derived(one.session(), fingerprint));
      }
    }
    decisions.carry(project, changed, derived);
    List<ClusterKey> targets = decisions.resolveEach(project, derived);
    List<MarkerMoves.Move> wanted = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      StoredMarker one = changed.get(i);
      wanted.add(
          new MarkerMoves.Move(
              one.session(), one.marker(), derived.get(i).key(), one.key(), targets.get(i)));
    }
    return wanted;
  }
}
