package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives what one cluster holds to another one. All methods take part in the caller's transaction
 * and need the lock of {@link ClusterCounts}.
 */
@ApplicationScoped
public class ClusterMoves {

  /**
   * Markers, sessions and the deltas that speak of them go in one statement, and thus with one view
   * of what is committed: what a request adds meanwhile stays behind as a whole, with a delta by
   * which {@link #bringHomeStragglers} finds it.
   */
  private static final String MOVE =
      """
      with moved as (
        update error_marker set cluster_key = :target
        where project_id = :project and cluster_key = any(:sources) and noise is null
          and (:all or session_id = any(:sessions))
        returning 1),
      gone as (
        delete from cluster_session
        where project_id = :project and cluster_key = any(:sources)
          and (:all or session_id = any(:sessions))
        returning *),
      spent as (
        delete from cluster_delta
        where :all and project_id = :project and cluster_key = any(:sources)),
      joined as (
        insert into cluster_session as s
          (project_id, cluster_key, session_id, visitor, first_marker_id, marker_count,
           first_observed_at, last_observed_at, created_at)
        select :project, :target, session_id, min(visitor),
               (array_agg(first_marker_id order by first_observed_at, first_marker_id))[1],
               sum(marker_count), min(first_observed_at), max(last_observed_at), min(created_at)
        from gone group by session_id order by session_id
        on conflict (project_id, cluster_key, session_id) do update set
          first_marker_id = case when excluded.first_observed_at < s.first_observed_at
            then excluded.first_marker_id else s.first_marker_id end,
          marker_count = s.marker_count + excluded.marker_count,
          first_observed_at = least(s.first_observed_at, excluded.first_observed_at),
          last_observed_at = greatest(s.last_observed_at, excluded.last_observed_at),
          created_at = least(s.created_at, excluded.created_at))
      select count(*) from moved
      """;

  private static final String FORGET_VISITORS =
      """
      delete from cluster_user u
      where u.project_id = :project and u.cluster_key = any(:keys)
        and not exists (select from cluster_session s
          where s.project_id = u.project_id and s.cluster_key = u.cluster_key
            and s.visitor = u.visitor)
      """;

  private static final String MEET_VISITORS =
      """
      insert into cluster_user (project_id, cluster_key, visitor)
      select distinct project_id, cluster_key, visitor from cluster_session
      where project_id = :project and cluster_key = any(:keys)
      on conflict do nothing
      """;

  /**
   * Requests that had asked for decisions just before one was made. Those of a cluster that is on
   * its way go with the rest of it.
   */
  private static final String MERGED_STRAGGLERS =
      """
      select distinct a.project_id, a.source_key, a.target_key, null as session_id
      from cluster_delta d
      join cluster_alias a on a.project_id = d.project_id and a.source_key = d.cluster_key
      where not exists (select from marker_transfer t
        where t.project_id = d.project_id and t.source_key = d.cluster_key
          and t.fingerprints is null)
      union all
      select distinct p.project_id, p.source_key, p.target_key, p.session_id
      from cluster_delta d
      join cluster_pin p on p.project_id = d.project_id and p.source_key = d.cluster_key
      join cluster_session s on s.project_id = p.project_id and s.cluster_key = p.source_key
        and s.session_id = p.session_id
      """;

  /**
   * A cluster that expired while a request was adding to it comes back with that request. Almost
   * always there is none, and then the sessions are not looked at: a popular cluster has many.
   */
  private static final String REVIVE =
      """
      with gone as materialized (
        select distinct d.project_id, d.cluster_key from cluster_delta d
        join project p on p.id = d.project_id
        where not exists (select from issue_cluster c
          where c.project_id = d.project_id and c.key = d.cluster_key))
      insert into issue_cluster
        (project_id, key, kind, symptom, route, representative_session_id,
         representative_marker_id, first_seen_at, last_seen_at, created_at)
      select gone.project_id, gone.cluster_key, first.kind, left(first.label, 200), first.route,
             first.session_id, first.id, first.first_observed_at, first.last_observed_at,
             first.created_at
      from gone cross join lateral (
        select s.session_id, s.first_observed_at, s.last_observed_at, s.created_at,
               m.id, m.kind, m.label, m.route
        from cluster_session s
        join error_marker m on m.project_id = s.project_id and m.session_id = s.session_id
          and m.id = s.first_marker_id
        where s.project_id = gone.project_id and s.cluster_key = gone.cluster_key
        order by s.created_at limit 1) as first
      on conflict do nothing
      """;

  /**
   * Deltas of clusters that are gone together with their sessions: nobody asks for them. "offset
   * 0", as in {@link ClusterCounts}, keeps the question about sessions a look-up for each delta.
   */
  private static final String FORGET_DELTAS =
      """
      delete from cluster_delta d
      where not exists (select from issue_cluster c
          where c.project_id = d.project_id and c.key = d.cluster_key)
        and not exists (select from cluster_session s
          where s.project_id = d.project_id and s.cluster_key = d.cluster_key
          offset 0)
      """;

  private static final List<String> REMOVE =
      List.of(
          """
          insert into cluster_hour_due (project_id, cluster_key, since)
          select :project, key, to_timestamp(0) from unnest(:keys) as k (key) order by key
          on conflict (project_id, cluster_key) do update set since = excluded.since
          """,
          "delete from issue_cluster where project_id = :project and key = any(:keys)",
          "delete from cluster_user where project_id = :project and cluster_key = any(:keys)");

  /** The deltas that are seen go with what is seen to be empty; later ones bring it back. */
  private static final String REMOVE_EMPTY =
      """
      with empty as (
        delete from issue_cluster c
        where project_id = :project and key = any(:keys)
          and not exists (select from cluster_session s
            where s.project_id = c.project_id and s.cluster_key = c.key)
        returning key),
      deltas as (
        delete from cluster_delta
        where project_id = :project and cluster_key in (select key from empty)),
      visitors as (
        delete from cluster_user
        where project_id = :project and cluster_key in (select key from empty)),
      words as (
        delete from issue_feedback
        where project_id = :project and cluster_key in (select key from empty))
      select count(*) from empty
      """;

  private final Jdbi jdbi;
  private final ClusterCounts counts;
  private final ClusterLegacies legacies;

  @Inject
  public ClusterMoves(Jdbi jdbi, ClusterCounts counts, ClusterLegacies legacies) {
    this.jdbi = jdbi;
    this.counts = counts;
    this.legacies = legacies;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterMoves() {
    this(null, null, null);
  }

  private record Straggler(
      ProjectId projectId,
      ClusterKey sourceKey,
      ClusterKey targetKey,
      @Nullable SessionId sessionId) {}

  /**
   * Moves markers, sessions and visitors, and counts both sides anew. Sources that are empty
   * afterwards stay as rows.
   *
   * @param only these sessions; null for all
   * @return how many markers moved
   */
  int move(
      ProjectId project,
      Set<ClusterKey> sources,
      ClusterKey target,
      @Nullable Set<SessionId> only) {
    Set<ClusterKey> both = new HashSet<>(sources);
    both.add(target);
    counts.lockRows(project, both);
    List<String> sessions = only == null ? List.of() : only.stream().map(SessionId::value).toList();
    int moved =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(MOVE)
                    .bind("project", project)
                    .bind("target", target)
                    .bind("all", only == null)
                    .bindArray("sources", String.class, ClusterDecisions.texts(sources))
                    .bindArray("sessions", String.class, sessions)
                    .mapTo(Integer.class)
                    .one());
    jdbi.useHandle(
        handle -> {
          for (String sql : List.of(FORGET_VISITORS, MEET_VISITORS)) {
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(both))
                .execute();
          }
        });
    // A merged source has no counts any more; its deltas are those of stragglers.
    counts.recount(project, only == null ? Set.of(target) : both);
    if (only != null) {
      // The recount has spent the source's deltas: look again for what has come in meanwhile.
      sources.forEach(source -> legacies.touch(project, source));
    }
    return moved;
  }

  /** Deletes the clusters that have been merged away. */
  void remove(ProjectId project, Set<ClusterKey> keys) {
    jdbi.useHandle(
        handle -> {
          for (String sql : REMOVE) {
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .execute();
          }
        });
  }

  /** Deletes those of the clusters that nothing shows any more, with what was said of them. */
  int removeEmpty(ProjectId project, Set<ClusterKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REMOVE_EMPTY)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .mapTo(Integer.class)
                .one());
  }

  /** Puts right what was taken in while people regrouped or retention swept. */
  void bringHomeStragglers() {
    List<Straggler> stragglers =
        jdbi.withHandle(
            handle -> {
              handle.execute(REVIVE);
              handle.execute(FORGET_DELTAS);
              return handle.createQuery(MERGED_STRAGGLERS).map(ClusterMoves::straggler).list();
            });
    for (Straggler one : stragglers) {
      // The target may have expired since; the source's row is what it would be.
      legacies.copy(one.projectId(), one.sourceKey(), one.targetKey());
      Set<SessionId> only = one.sessionId() == null ? null : Set.of(one.sessionId());
      move(one.projectId(), Set.of(one.sourceKey()), one.targetKey(), only);
      if (only == null) {
        remove(one.projectId(), Set.of(one.sourceKey()));
      }
    }
  }

  private static Straggler straggler(ResultSet row, StatementContext context) throws SQLException {
    String session = row.getString("session_id");
    return new Straggler(
        new ProjectId(row.getString("project_id")),
        new ClusterKey(row.getString("source_key")),
        new ClusterKey(row.getString("target_key")),
        session == null ? null : new SessionId(session));
  }
}
