package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.Grouping;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.sessions.ClusteredMarker;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the markers of one request in: finds each one's cluster, stores the new ones, and writes
 * down which session and which visitor the cluster has touched. What the project's rules call noise
 * is kept in its session, and belongs to no cluster.
 *
 * <p>Three statements, whatever the number of markers, and one more when a failure is new: the job
 * that compares it with the others ({@link ClustersFound}). A cluster's own row is written only
 * when the cluster is new: counts travel as deltas that {@link ClusterFold} adds up, so that
 * visitors of a popular failure never wait for each other's commit. The cost depends on the markers
 * of this request, not on how many are stored: every step is a look-up in an index.
 */
@ApplicationScoped
public class MarkerIntake {

  private final ClusterContributions clusters;
  private final ClusterDecisions decisions;
  private final ErrorMarkers markers;
  private final ClusterVisitors visitors;
  private final NoiseRules noise;
  private final Event<ClustersFound> found;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public MarkerIntake(
      ClusterContributions clusters,
      ClusterDecisions decisions,
      ErrorMarkers markers,
      ClusterVisitors visitors,
      NoiseRules noise,
      Event<ClustersFound> found,
      MeterRegistry meters,
      Clock clock) {
    this.clusters = clusters;
    this.decisions = decisions;
    this.markers = markers;
    this.visitors = visitors;
    this.noise = noise;
    this.found = found;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerIntake() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * What was taken.
   *
   * @param touched the clusters of the new markers
   * @param added the markers that were new and are no noise
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
    NoisePolicy policy = noise.policy(project);
    List<Grouping> derived = observed.stream().map(Fingerprint::of).toList();
    List<ClusteredMarker> silent = new ArrayList<>();
    List<ClusteredMarker> loud = new ArrayList<>();
    for (int i = 0; i < observed.size(); i++) {
      ObservedMarker marker = observed.get(i);
      ClusterKey key = derived.get(i).key();
      policy
          .noise(marker, derived.get(i))
          .ifPresentOrElse(
              rule -> silent.add(new ClusteredMarker(marker, key, key, rule)),
              () -> loud.add(new ClusteredMarker(marker, key, key)));
    }
    ClusterDecisions.Resolution resolution =
        decisions.resolve(
            project,
            session,
            visitor,
            loud.stream().map(ClusteredMarker::fingerprint).collect(Collectors.toSet()));
    if (resolution.visitorChanged()) {
      visitors.follow(project, session, visitor);
    }
    if (observed.isEmpty()) {
      return Taken.NOTHING;
    }
    if (!silent.isEmpty()) {
      int kept = markers.add(project, session, silent).size();
      meters.counter("retrospec.markers.noise").increment(kept);
    }
    List<ClusteredMarker> clustered =
        loud.stream()
            .map(
                one ->
                    new ClusteredMarker(
                        one.marker(), one.fingerprint(), resolution.keyOf(one.fingerprint())))
            .toList();
    Set<MarkerId> added = markers.add(project, session, clustered);
    if (added.isEmpty()) {
      return Taken.NOTHING;
    }
    Map<ClusterKey, ClusterContributions.Contribution> contributions =
        contributions(clustered, added);
    Set<ClusterKey> made =
        clusters.add(project, session, visitor, contributions.values(), clock.instant());
    if (!made.isEmpty()) {
      found.fire(new ClustersFound(project, made));
    }
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
