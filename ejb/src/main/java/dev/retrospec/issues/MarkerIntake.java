package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.sessions.ClusteredMarker;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the markers of one request in: finds each one's cluster, stores the new ones, and writes
 * down which session and which visitor the cluster has touched.
 *
 * <p>Three statements, whatever the number of markers. A cluster's own row is written only when the
 * cluster is new: counts travel as deltas that {@link ClusterFold} adds up, so that visitors of a
 * popular failure never wait for each other's commit. The cost depends on the markers of this
 * request, not on how many are stored: every step is a look-up in an index.
 */
@ApplicationScoped
public class MarkerIntake {

  private final ClusterContributions clusters;
  private final ClusterDecisions decisions;
  private final ErrorMarkers markers;
  private final ClusterVisitors visitors;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public MarkerIntake(
      ClusterContributions clusters,
      ClusterDecisions decisions,
      ErrorMarkers markers,
      ClusterVisitors visitors,
      MeterRegistry meters,
      Clock clock) {
    this.clusters = clusters;
    this.decisions = decisions;
    this.markers = markers;
    this.visitors = visitors;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerIntake() {
    this(null, null, null, null, null, null);
  }

  /**
   * What was taken.
   *
   * @param touched the clusters of the new markers
   * @param added the markers that were new
   */
  public record Taken(Set<ClusterKey> touched, Set<MarkerId> added) {

    static final Taken NOTHING = new Taken(Set.of(), Set.of());
  }

  /**
   * Records markers of a stored session, in the caller's transaction. A marker whose id the session
   * has already changes nothing, so that a repeated request counts once. Call it without markers,
   * too, when the session's visitor has become known: counts then follow the new visitor.
   */
  public Taken record(
      ProjectId project, SessionId session, Visitor visitor, List<ObservedMarker> observed) {
    List<ClusterKey> derived =
        observed.stream().map(marker -> Fingerprint.of(marker).key()).toList();
    ClusterDecisions.Resolution resolution =
        decisions.resolve(project, session, visitor, Set.copyOf(derived));
    if (resolution.visitorChanged()) {
      visitors.follow(project, session, visitor);
    }
    if (observed.isEmpty()) {
      return Taken.NOTHING;
    }
    List<ClusteredMarker> clustered = new ArrayList<>(observed.size());
    for (int i = 0; i < observed.size(); i++) {
      ClusterKey fingerprint = derived.get(i);
      clustered.add(
          new ClusteredMarker(observed.get(i), fingerprint, resolution.keyOf(fingerprint)));
    }
    Set<MarkerId> added = markers.add(project, session, clustered);
    if (added.isEmpty()) {
      return Taken.NOTHING;
    }
    Map<ClusterKey, ClusterContributions.Contribution> contributions =
        contributions(clustered, added);
    clusters.add(project, session, visitor, contributions.values(), clock.instant());
    meters.counter("retrospec.markers").increment(added.size());
    return new Taken(Set.copyOf(contributions.keySet()), added);
  }

  private Map<ClusterKey, ClusterContributions.Contribution> contributions(
      List<ClusteredMarker> clustered, Set<MarkerId> added) {
    Instant now = clock.instant();
    Set<MarkerId> counted = new HashSet<>();
    Map<ClusterKey, ClusterContributions.Contribution> contributions = new HashMap<>();
    for (ClusteredMarker one : clustered) {
      MarkerId id = one.marker().id();
      // The same id twice in one request is one marker, as it is in two requests.
      if (!added.contains(id) || !counted.add(id)) {
        continue;
      }
      // A browser's clock may run ahead; "last seen tomorrow" would stay on top of the list.
      Instant observed = one.marker().observedAt();
      Instant at = observed.isAfter(now) ? now : observed;
      contributions.merge(
          one.key(),
          ClusterContributions.Contribution.of(one, at),
          (earlier, same) -> earlier.plus(at));
    }
    return contributions;
  }
}
