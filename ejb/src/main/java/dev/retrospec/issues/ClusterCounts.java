package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.Confidence;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.MarkerKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The counts in the clusters' rows: folded from deltas, or counted anew from the sessions. All
 * methods take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterCounts {

  /** Held by whoever writes counts: the fold of all nodes, regrouping, expiry. Any fixed number. */
  private static final long LOCK = 0x5253_0005L;

  /** A second of the heaviest ingest; what is left waits for the next second. */
  private static final int MAX_DELTAS = 20_000;

  /**
   * What waits to be brought home ({@link ClusterMoves#bringHomeStragglers}) is left alone: its
   * delta is the only sign of it. "offset 0" keeps the question about pins a look-up for each
   * delta, because PostgreSQL would read all of cluster_session otherwise, every second.
   */
  private static final String FOLD =
      """
      with taken as (
        delete from cluster_delta
        where id in (
          select d.id from cluster_delta d
          where exists (select from issue_cluster c
              where c.project_id = d.project_id and c.key = d.cluster_key)
            and not exists (select from cluster_alias a
              where a.project_id = d.project_id and a.source_key = d.cluster_key)
            and not exists (
              select from cluster_pin p
              join cluster_session s on s.project_id = p.project_id
                and s.cluster_key = p.source_key and s.session_id = p.session_id
              where p.project_id = d.project_id and p.source_key = d.cluster_key
              offset 0)
          order by d.id limit :limit)
        returning *),
      sums as (
        select project_id, cluster_key, sum(sessions)::integer as sessions,
               sum(users)::integer as users, sum(markers) as markers,
               coalesce(sum(sessions) filter (where not moved), 0)::integer as seen_sessions,
               coalesce(sum(users) filter (where not moved), 0)::integer as seen_users,
               max(last_seen_at) as last_seen_at
        from taken group by project_id, cluster_key),
      locked as (
        select c.project_id, c.key from issue_cluster c
        join sums s on s.project_id = c.project_id and s.cluster_key = c.key
        order by c.project_id, c.key for no key update of c)
      update issue_cluster c set
        session_count = c.session_count + s.sessions,
        user_count = c.user_count + s.users,
        marker_count = c.marker_count + s.markers,
        mute_sessions_left = c.mute_sessions_left - greatest(s.seen_sessions, 0),
        mute_users_left = c.mute_users_left - greatest(s.seen_users, 0),
        last_seen_at = greatest(c.last_seen_at, s.last_seen_at)
      from sums s
      join locked l on l.project_id = s.project_id and l.key = s.cluster_key
      where c.project_id = s.project_id and c.key = s.cluster_key
      returning c.project_id, c.key, c.kind, c.session_count, c.user_count
      """;

  private static final String BELIEVE =
      """
      update issue_cluster c set confidence = n.confidence
      from jsonb_to_recordset(cast(:rows as jsonb)) as n
        (project_id text, key text, confidence float8)
      where c.project_id = n.project_id and c.key = n.key and c.confidence <> n.confidence
      """;

  /**
   * The deltas go in the statement that counts, and thus with the same view of what is committed: a
   * session is either counted here, or its delta stays.
   */
  private static final String RECOUNT =
      """
      with gone as (
        delete from cluster_delta where project_id = :project and cluster_key = any(:keys)),
      truth as (
        select k.key, count(s.session_id)::integer as sessions,
               count(distinct s.visitor)::integer as users,
               coalesce(sum(s.marker_count), 0) as markers,
               min(s.first_observed_at) as first_at, max(s.last_observed_at) as last_at
        from unnest(:keys) as k(key)
        left join cluster_session s on s.project_id = :project and s.cluster_key = k.key
        group by k.key)
      update issue_cluster c set
        session_count = t.sessions,
        user_count = t.users,
        marker_count = t.markers,
        first_seen_at = coalesce(t.first_at, c.first_seen_at),
        last_seen_at = coalesce(t.last_at, c.last_seen_at)
      from truth t
      where c.project_id = :project and c.key = t.key
      returning c.project_id, c.key, c.kind, c.session_count, c.user_count
      """;

  private static final String REPRESENT =
      """
      update issue_cluster c set
        representative_session_id = (
          select s.session_id from cluster_session s
          where s.project_id = c.project_id and s.cluster_key = c.key
          order by s.created_at desc, s.session_id limit 1),
        representative_marker_id = (
          select s.first_marker_id from cluster_session s
          where s.project_id = c.project_id and s.cluster_key = c.key
          order by s.created_at desc, s.session_id limit 1)
      where c.project_id = :project and c.key = any(:keys)
        and not exists (
          select from cluster_session s
          where s.project_id = c.project_id and s.cluster_key = c.key
            and s.session_id = c.representative_session_id)
      """;

  private static final String SPAN =
      """
      update issue_cluster c set first_seen_at = t.first_at, last_seen_at = t.last_at
      from (
        select cluster_key, min(first_observed_at) as first_at, max(last_observed_at) as last_at
        from cluster_session where project_id = :project and cluster_key = any(:keys)
        group by cluster_key) t
      where c.project_id = :project and c.key = t.cluster_key
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterCounts() {
    this(null);
  }

  private record Counted(
      ProjectId projectId, ClusterKey key, MarkerKind kind, int sessionCount, int userCount) {}

  private record Belief(String project_id, String key, double confidence) {}

  /**
   * Whether this transaction may write counts; if not, another one is at it for longer than a
   * second. It waits in the queue, so that a regroup, which takes the lock again and again, does
   * not keep it away.
   */
  public boolean lockSoon() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select advisory_xact_lock_within(:lock, interval '900 ms')")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Waits until this transaction may write counts. Whoever writes markers and then their clusters'
   * rows takes it first, because moves write them the other way round.
   */
  public void lock() {
    jdbi.useHandle(handle -> handle.execute("select pg_advisory_xact_lock(?)", LOCK));
  }

  /** In the order that all who write several clusters keep, so that none waits in a circle. */
  void lockRows(ProjectId project, Collection<ClusterKey> keys) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select key from issue_cluster where project_id = :project and key = any(:keys)
                    order by key for update
                    """)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .mapTo(String.class)
                .list());
  }

  /** Adds the oldest deltas up; needs the lock. */
  Map<ProjectId, Set<ClusterKey>> fold() {
    List<Counted> folded =
        jdbi.withHandle(
            handle -> {
              List<Counted> rows =
                  handle
                      .createQuery(FOLD)
                      .bind("limit", MAX_DELTAS)
                      .map(ClusterCounts::counted)
                      .list();
              believe(handle, rows);
              return rows;
            });
    Map<ProjectId, Set<ClusterKey>> touched = new HashMap<>();
    folded.forEach(
        row -> touched.computeIfAbsent(row.projectId(), any -> new HashSet<>()).add(row.key()));
    return touched;
  }

  /**
   * Counts anew from the sessions, and finds a new representative where it is gone; needs the lock.
   */
  void recount(ProjectId project, Collection<ClusterKey> keys) {
    jdbi.useHandle(
        handle -> {
          List<Counted> rows =
              handle
                  .createQuery(RECOUNT)
                  .bind("project", project)
                  .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                  .map(ClusterCounts::counted)
                  .list();
          believe(handle, rows);
        });
    represent(project, keys);
  }

  /** Has clusters begin and end with the sessions that they have; needs the lock. */
  void span(ProjectId project, Collection<ClusterKey> keys) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(SPAN)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .execute());
  }

  /** Gives clusters whose representative session is gone another one. */
  void represent(ProjectId project, Collection<ClusterKey> keys) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(REPRESENT)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .execute());
  }

  private static Counted counted(ResultSet row, StatementContext context) throws SQLException {
    return new Counted(
        new ProjectId(row.getString("project_id")),
        new ClusterKey(row.getString("key")),
        MarkerKind.fromWireName(row.getString("kind")),
        row.getInt("session_count"),
        row.getInt("user_count"));
  }

  private static void believe(Handle handle, List<Counted> counted) {
    if (counted.isEmpty()) {
      return;
    }
    List<Belief> beliefs =
        counted.stream()
            .map(
                row ->
                    new Belief(
                        row.projectId().value(),
                        row.key().value(),
                        Confidence.of(row.kind(), row.sessionCount(), row.userCount())))
            .toList();
    handle.createUpdate(BELIEVE).bind("rows", Json.write(beliefs)).execute();
  }
}
