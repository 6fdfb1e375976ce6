package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Confidence;
import dev.retrospec.issues.clustering.Fingerprint;
import dev.retrospec.issues.clustering.Symptom;
import dev.retrospec.platform.json.Json;
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
import org.jdbi.v3.core.Jdbi;

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

  /**
   * Clusters are made, then sessions counted, then visitors; all in the order of the keys, because
   * two requests that meet must meet in the same order. xmax is 0 in a row that was just inserted.
   */
  private static final String COUNT =
      """
      with incoming as (
        select * from jsonb_to_recordset(cast(:clusters as jsonb)) as c
          (key text, kind text, symptom text, route text, confidence float8, marker text,
           markers integer, first_at timestamptz, last_at timestamptz)
        order by key),
      made as (
        insert into issue_cluster
          (project_id, key, kind, symptom, route, representative_session_id,
           representative_marker_id, confidence, first_seen_at, last_seen_at, created_at)
        select :project, key, kind, symptom, route, :session, marker, confidence, first_at,
               last_at, :now
        from incoming
        on conflict do nothing),
      seen as (
        insert into cluster_session as s
          (project_id, cluster_key, session_id, visitor, first_marker_id, marker_count,
           first_observed_at, last_observed_at, created_at)
        select :project, key, :session, :visitor, marker, markers, first_at, last_at, :now
        from incoming
        on conflict (project_id, cluster_key, session_id) do update set
          marker_count = s.marker_count + excluded.marker_count,
          first_observed_at = least(s.first_observed_at, excluded.first_observed_at),
          last_observed_at = greatest(s.last_observed_at, excluded.last_observed_at)
        returning s.cluster_key, s.xmax = 0 as fresh),
      met as (
        insert into cluster_user (project_id, cluster_key, visitor)
        select :project, cluster_key, :visitor from seen where fresh order by cluster_key
        on conflict do nothing
        returning cluster_key)
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers, last_seen_at)
      select :project, i.key, seen.fresh::integer, (met.cluster_key is not null)::integer,
             i.markers, i.last_at
      from incoming i
      join seen on seen.cluster_key = i.key
      left join met on met.cluster_key = i.key
      """;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;
  private final ErrorMarkers markers;
  private final VisitorChange visitorChange;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public MarkerIntake(
      Jdbi jdbi,
      ClusterDecisions decisions,
      ErrorMarkers markers,
      VisitorChange visitorChange,
      MeterRegistry meters,
      Clock clock) {
    this.jdbi = jdbi;
    this.decisions = decisions;
    this.markers = markers;
    this.visitorChange = visitorChange;
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

  /** What one request says about one cluster; the names are those of the columns. */
  private record Contribution(
      String key,
      String kind,
      String symptom,
      String route,
      double confidence,
      String marker,
      int markers,
      Instant first_at,
      Instant last_at) {

    static Contribution of(ClusteredMarker clustered, Instant at) {
      ObservedMarker marker = clustered.marker();
      return new Contribution(
          clustered.key().value(),
          marker.kind().wireName(),
          Symptom.of(marker),
          marker.route(),
          Confidence.of(marker.kind(), 1, 1),
          marker.id().value(),
          1,
          at,
          at);
    }

    Contribution plus(Instant at) {
      return new Contribution(
          key,
          kind,
          symptom,
          route,
          confidence,
          marker,
          markers + 1,
          at.isBefore(first_at) ? at : first_at,
          at.isAfter(last_at) ? at : last_at);
    }
  }

  /**
   * Records markers of a stored session, in the caller's transaction. A marker whose id the session
   * has already changes nothing, so that a repeated request counts once. Call it without markers,
   * too, when the session's visitor has become known: counts then follow the new visitor.
   */
  public Taken record(
      ProjectId project, SessionId session, Visitor visitor, List<ObservedMarker> observed) {
    List<ClusterKey> derived = observed.stream().map(Fingerprint::of).toList();
    ClusterDecisions.Resolution resolution =
        decisions.resolve(project, session, visitor, Set.copyOf(derived));
    if (resolution.visitorChanged()) {
      visitorChange.apply(project, session, visitor);
    }
    if (observed.isEmpty()) {
      return Taken.NOTHING;
    }
    List<ClusteredMarker> clustered = new ArrayList<>(observed.size());
    for (int i = 0; i < observed.size(); i++) {
      clustered.add(new ClusteredMarker(observed.get(i), resolution.keyOf(derived.get(i))));
    }
    Set<MarkerId> added = markers.add(project, session, clustered);
    if (added.isEmpty()) {
      return Taken.NOTHING;
    }
    Map<ClusterKey, Contribution> contributions = contributions(clustered, added);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(COUNT)
                .bind("project", project)
                .bind("session", session)
                .bind("visitor", visitor)
                .bind("clusters", Json.write(contributions.values()))
                .bind("now", clock.instant())
                .execute());
    meters.counter("retrospec.markers").increment(added.size());
    return new Taken(Set.copyOf(contributions.keySet()), added);
  }

  private Map<ClusterKey, Contribution> contributions(
      List<ClusteredMarker> clustered, Set<MarkerId> added) {
    Instant now = clock.instant();
    Set<MarkerId> counted = new HashSet<>();
    Map<ClusterKey, Contribution> contributions = new HashMap<>();
    for (ClusteredMarker one : clustered) {
      MarkerId id = one.marker().id();
      // The same id twice in one request is one marker, as it is in two requests.
      if (!added.contains(id) || !counted.add(id)) {
        continue;
      }
      // A browser's clock may run ahead; "last seen tomorrow" would stay on top of the list.
      Instant observed = one.marker().observedAt();
      Instant at = observed.isAfter(now) ? now : observed;
      contributions.merge(one.key(), Contribution.of(one, at), (earlier, same) -> earlier.plus(at));
    }
    return contributions;
  }
}
