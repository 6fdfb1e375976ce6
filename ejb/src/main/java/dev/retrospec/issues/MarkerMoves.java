package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.ObservedMarker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Gives single markers to other clusters. Unlike {@link ClusterMoves} it counts nothing anew: what
 * moves is subtracted here and added there, by deltas as in an intake, so that the cost depends on
 * the markers that move and not on the clusters. All methods take part in the caller's transaction
 * and need the lock of {@link ClusterCounts}.
 */
@ApplicationScoped
public class MarkerMoves {

  /** A marker that somebody moved meanwhile stays where it was put. */
  private static final String MOVE =
      """
      with moved as (
        update error_marker m set cluster_key = w.target, fingerprint = w.fingerprint
        from jsonb_to_recordset(cast(:moves as jsonb)) as w
          (session text, marker text, fingerprint text, source text, target text)
        where m.project_id = :project and m.session_id = w.session and m.id = w.marker
          and m.cluster_key = w.source
        returning m.session_id, m.id, w.source, w.target, least(m.observed_at, :now) as at)
      select source, target, session_id as session, count(*)::integer as markers,
             (array_agg(id order by at, id))[1] as marker, min(at) as first_at, max(at) as last_at
      from moved where source <> target
      group by source, target, session_id
      """;

  /** In the order in which requests write them, so that none waits in a circle. */
  private static final String LOCK =
      """
      with w as (
        select * from jsonb_to_recordset(cast(:parts as jsonb)) as p
          (source text, target text, session text))
      select s.session_id from cluster_session s
      where s.project_id = :project and (s.cluster_key, s.session_id) in (
        select source, session from w union select target, session from w)
      order by s.session_id, s.cluster_key for update
      """;

  /** Whoever looks at trends before they are written anew would take old sessions for new ones. */
  private static final String HOURS_DUE =
      """
      insert into cluster_hour_due as d (project_id, cluster_key, since)
      select :project, k.key, min(o.created_at)
      from jsonb_to_recordset(cast(:parts as jsonb)) as p
        (source text, target text, session text)
      join cluster_session o on o.project_id = :project and o.cluster_key = p.source
        and o.session_id = p.session
      cross join lateral (values (p.source), (p.target)) as k (key)
      group by k.key order by k.key
      on conflict (project_id, cluster_key) do update set since = excluded.since
      where excluded.since < d.since
      """;

  private static final String ADD =
      """
      with parts as (
        select * from jsonb_to_recordset(cast(:parts as jsonb)) as p
          (source text, target text, session text, marker text, markers integer,
           first_at timestamptz, last_at timestamptz)),
      came as (
        insert into cluster_session as s
          (project_id, cluster_key, session_id, visitor, first_marker_id, marker_count,
           first_observed_at, last_observed_at, created_at)
        select :project, p.target, p.session, min(o.visitor),
               (array_agg(p.marker order by p.first_at, p.marker))[1], sum(p.markers),
               min(p.first_at), max(p.last_at), min(o.created_at)
        from parts p
        join cluster_session o on o.project_id = :project and o.cluster_key = p.source
          and o.session_id = p.session
        group by p.target, p.session order by p.session, p.target
        on conflict (project_id, cluster_key, session_id) do update set
          first_marker_id = case when excluded.first_observed_at < s.first_observed_at
            then excluded.first_marker_id else s.first_marker_id end,
          marker_count = s.marker_count + excluded.marker_count,
          first_observed_at = least(s.first_observed_at, excluded.first_observed_at),
          last_observed_at = greatest(s.last_observed_at, excluded.last_observed_at),
          created_at = least(s.created_at, excluded.created_at)
        returning s.cluster_key, s.session_id, s.visitor, s.xmax = 0 as fresh),
      met as (
        insert into cluster_user (project_id, cluster_key, visitor)
        select distinct :project, cluster_key, visitor from came where fresh
        order by 2, 3
        on conflict do nothing
        returning cluster_key)
      insert into cluster_delta
        (project_id, cluster_key, sessions, users, markers, last_seen_at, moved)
      select :project, p.target,
             (select count(*) from came c where c.cluster_key = p.target and c.fresh),
             (select count(*) from met m where m.cluster_key = p.target),
             sum(p.markers), max(p.last_at), true
      from parts p group by p.target
      """;

  private static final String SUBTRACT =
      """
      update cluster_session s set marker_count = s.marker_count - p.markers
      from (
        select source, session, sum(markers)::integer as markers
        from jsonb_to_recordset(cast(:parts as jsonb)) as p
          (source text, session text, markers integer)
        group by source, session) p
      where s.project_id = :project and s.cluster_key = p.source and s.session_id = p.session
      """;

  private static final String LEAVE =
      """
      with parts as (
        select source, session, sum(markers)::integer as markers
        from jsonb_to_recordset(cast(:parts as jsonb)) as p
          (source text, session text, markers integer)
        group by source, session),
      gone as (
        delete from cluster_session s using parts p
        where s.project_id = :project and s.cluster_key = p.source and s.session_id = p.session
          and s.marker_count <= 0
        returning s.cluster_key, s.session_id, s.visitor),
      forgotten as (
        delete from cluster_user u
        using (select distinct cluster_key, visitor from gone) g
        where u.project_id = :project and u.cluster_key = g.cluster_key and u.visitor = g.visitor
          and not exists (
            select from cluster_session s
            where s.project_id = :project and s.cluster_key = g.cluster_key
              and s.visitor = g.visitor
              and not exists (select from gone o
                where o.cluster_key = s.cluster_key and o.session_id = s.session_id))
        returning u.cluster_key)
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers, moved)
      select :project, p.source,
             -(select count(*) from gone g where g.cluster_key = p.source),
             -(select count(*) from forgotten f where f.cluster_key = p.source),
             -sum(p.markers), true
      from parts p group by p.source
      """;

  /** In the order of keys, as all who write several rows. */
  private static final String SEEN_FIRST =
      """
      with came as (
        select target, min(first_at) as at
        from jsonb_to_recordset(cast(:parts as jsonb)) as p(target text, first_at timestamptz)
        group by target),
      locked as (
        select c.key, came.at from issue_cluster c
        join came on came.target = c.key
        where c.project_id = :project and c.first_seen_at > came.at
        order by c.key for no key update of c)
      update issue_cluster c set first_seen_at = locked.at
      from locked where c.project_id = :project and c.key = locked.key
      """;

  private static final String REMAIN =
      """
      update cluster_session s set
        first_marker_id = r.marker, first_observed_at = r.first_at, last_observed_at = r.last_at
      from (
        select distinct source, session
        from jsonb_to_recordset(cast(:parts as jsonb)) as p(source text, session text)) p
      cross join lateral (
        select (array_agg(m.id order by m.observed_at, m.id))[1] as marker,
               min(least(m.observed_at, :now)) as first_at,
               max(least(m.observed_at, :now)) as last_at
        from error_marker m
        where m.project_id = :project and m.cluster_key = p.source and m.session_id = p.session
          and m.noise is null) r
      where s.project_id = :project and s.cluster_key = p.source and s.session_id = p.session
        and r.marker is not null
      """;

  private final Jdbi jdbi;
  private final RegroupedClusters clusters;
  private final ClusterDepartures departures;
  private final ClusterCounts counts;
  private final Clock clock;

  @Inject
  public MarkerMoves(
      Jdbi jdbi,
      RegroupedClusters clusters,
      ClusterDepartures departures,
      ClusterCounts counts,
      Clock clock) {
    this.jdbi = jdbi;
    this.clusters = clusters;
    this.departures = departures;
    this.counts = counts;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerMoves() {
    this(null, null, null, null, null);
  }

  /**
   * A marker that gets a new place.
   *
   * @param fingerprint the key that its content gives now
   * @param source where it is; if it is not there any more, nothing happens to it
   * @param target where it shall be; the source: only the fingerprint is written
   */
  record Move(
      SessionId session,
      ObservedMarker marker,
      ClusterKey fingerprint,
      ClusterKey source,
      ClusterKey target) {}

  private record MoveRow(
      String session, String marker, String fingerprint, String source, String target) {}

  /** Markers of one session that went from one cluster to another. */
  public record Part(
      String source,
      String target,
      String session,
      int markers,
      String marker,
      Instant firstAt,
      Instant lastAt) {}

  /** A {@link Part} in the names of SQL. */
  private record PartRow(
      String source,
      String target,
      String session,
      int markers,
      String marker,
      Instant first_at,
      Instant last_at) {

    static PartRow of(Part part) {
      return new PartRow(
          part.source(),
          part.target(),
          part.session(),
          part.markers(),
          part.marker(),
          part.firstAt(),
          part.lastAt());
    }
  }

  /**
   * Moves them; a target that does not exist is made of its first marker. Sources that are empty
   * afterwards stay as rows.
   *
   * @return how many markers went from one cluster to another
   */
  int move(ProjectId project, Collection<Move> moves) {
    if (moves.isEmpty()) {
      return 0;
    }
    Instant now = clock.instant();
    clusters.make(project, moves);
    return jdbi.withHandle(
        handle -> {
          List<Part> parts = moveMarkers(handle, project, moves, now);
          if (!parts.isEmpty()) {
            String json = Json.write(parts.stream().map(PartRow::of).toList());
            handle
                .createQuery(LOCK)
                .bind("project", project)
                .bind("parts", json)
                .mapTo(String.class)
                .list();
            clusters.promote(project, moves);
            for (String sql : List.of(HOURS_DUE, ADD, SEEN_FIRST, SUBTRACT, LEAVE, REMAIN)) {
              handle
                  .createUpdate(sql)
                  .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                  .bind("project", project)
                  .bind("parts", json)
                  .bind("now", now)
                  .execute();
            }
            departures.note(project, json);
            counts.represent(
                project,
                parts.stream().map(part -> new ClusterKey(part.source())).distinct().toList());
          }
          return parts.stream().mapToInt(Part::markers).sum();
        });
  }

  private static List<Part> moveMarkers(
      Handle handle, ProjectId project, Collection<Move> moves, Instant now) {
    return handle
        .createQuery(MOVE)
        .bind("project", project)
        .bind("now", now)
        .bind(
            "moves",
            Json.write(
                moves.stream()
                    .map(
                        move ->
                            new MoveRow(
                                move.session().value(),
                                move.marker().id().value(),
                                move.fingerprint().value(),
                                move.source().value(),
                                move.target().value()))
                    .toList()))
        .map(ConstructorMapper.of(Part.class))
        .list();
  }
}
