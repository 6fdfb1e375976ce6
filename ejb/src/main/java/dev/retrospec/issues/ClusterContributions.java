package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.Confidence;
import dev.retrospec.issues.clustering.Symptom;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.ClusteredMarker;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** What sessions add to clusters: which session, which visitor, how many markers. */
@ApplicationScoped
public class ClusterContributions {

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
        on conflict do nothing
        returning key),
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
        returning cluster_key),
      counted as (
        insert into cluster_delta (project_id, cluster_key, sessions, users, markers, last_seen_at)
        select :project, i.key, seen.fresh::integer, (met.cluster_key is not null)::integer,
               i.markers, i.last_at
        from incoming i
        join seen on seen.cluster_key = i.key
        left join met on met.cluster_key = i.key)
      select key from made
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterContributions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterContributions() {
    this(null);
  }

  /** What one request says about one cluster; the names are those of the columns. */
  record Contribution(
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
   * Adds a session's contributions, each about another cluster, in the caller's transaction.
   *
   * @return the clusters that are new
   */
  Set<ClusterKey> add(
      ProjectId project,
      SessionId session,
      Visitor visitor,
      Collection<Contribution> contributions,
      Instant now) {
    return jdbi.withHandle(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(COUNT)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("visitor", visitor)
                    .bind("clusters", Json.write(contributions))
                    .bind("now", now)
                    .mapTo(ClusterKey.class)
                    .list()));
  }
}
