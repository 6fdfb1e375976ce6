package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What issues hold of sessions: when these go, the counts follow, and a cluster that nothing shows
 * any more goes as well. What people decided about fingerprints stays.
 */
@ApplicationScoped
public class IssueData implements ExpiringData {

  /** A cleanup comes each hour, unless an operator wants it otherwise. */
  private static final Duration LATELY = Duration.ofHours(3);

  /**
   * The counts go down as they came up, by deltas: the cost depends on the sessions that go, not on
   * those that stay. A visitor goes with the last session.
   */
  private static final String LEAVE =
      """
      with gone as (
        delete from cluster_session
        where project_id = :project and session_id = any(:sessions)
        returning cluster_key, visitor, marker_count),
      sums as (
        select cluster_key, count(*)::integer as sessions, sum(marker_count)::integer as markers
        from gone group by cluster_key),
      forgotten as (
        delete from cluster_user u
        using (select distinct cluster_key, visitor from gone) g
        where u.project_id = :project and u.cluster_key = g.cluster_key and u.visitor = g.visitor
          and not exists (
            select from cluster_session s
            where s.project_id = :project and s.cluster_key = g.cluster_key
              and s.visitor = g.visitor and s.session_id <> all(:sessions))
        returning u.cluster_key)
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers)
      select :project, s.cluster_key, -s.sessions,
             -(select count(*)::integer from forgotten f where f.cluster_key = s.cluster_key),
             -s.markers
      from sums s
      returning cluster_key
      """;

  /**
   * A visitor whose last session goes is forgotten, while a request that is not committed yet may
   * have met the same visitor in the next one and has not counted it. "offset 0" keeps it to the
   * latest sessions of each cluster, by their index.
   */
  private static final String MEET_AGAIN =
      """
      with met as (
        insert into cluster_user (project_id, cluster_key, visitor)
        select distinct c.project_id, c.key, s.visitor from issue_cluster c
        cross join lateral (
          select visitor from cluster_session
          where project_id = c.project_id and cluster_key = c.key and created_at > :since
          offset 0) s
        where c.last_seen_at > :since
          and not exists (select from cluster_user u
            where u.project_id = c.project_id and u.cluster_key = c.key and u.visitor = s.visitor)
        order by 1, 2, 3
        on conflict do nothing
        returning project_id, cluster_key)
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers, moved)
      select project_id, cluster_key, 0, count(*), 0, true from met group by 1, 2
      """;

  private static final String ORPHANS =
      """
      delete from issue_cluster c
      where c.created_at < :before and not exists (
        select from cluster_session s where s.project_id = c.project_id and s.cluster_key = c.key)
      """;

  private static final List<String> REMAINS =
      List.of(
          """
          delete from issue_feedback f where f.created_at < :before and not exists (
            select from issue_cluster c where c.project_id = f.project_id and c.key = f.cluster_key)
          """,
          "delete from issue_alert_event where created_at < :before",
          "delete from regroup_run where updated_at < :before",
          "delete from marker_transfer where updated_at < :before",
          """
          delete from cluster_pin p where p.created_at < :before and not exists (
            select from session s where s.project_id = p.project_id and s.id = p.session_id)
          """);

  private final Jdbi jdbi;
  private final ClusterCounts counts;
  private final ClusterMoves moves;
  private final Clock clock;

  @Inject
  public IssueData(Jdbi jdbi, ClusterCounts counts, ClusterMoves moves, Clock clock) {
    this.jdbi = jdbi;
    this.counts = counts;
    this.moves = moves;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueData() {
    this(null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return Deleted.NOTHING;
    }
    counts.lock();
    Set<ClusterKey> touched = leave(project, sessions);
    if (touched.isEmpty()) {
      return Deleted.NOTHING;
    }
    counts.lockRows(project, touched);
    int removed = moves.removeEmpty(project, touched);
    counts.represent(project, touched);
    return Deleted.issueClusters(removed);
  }

  /**
   * Clusters without any session, words on issues that are gone, old alerts; and counts the
   * visitors again that were forgotten too early.
   */
  @Override
  @Transactional
  public Deleted sweep(Instant before) {
    counts.lock();
    return jdbi.withHandle(
        handle -> {
          handle.createUpdate(MEET_AGAIN).bind("since", clock.instant().minus(LATELY)).execute();
          int orphans = handle.createUpdate(ORPHANS).bind("before", before).execute();
          for (String sql : REMAINS) {
            handle.createUpdate(sql).bind("before", before).execute();
          }
          return Deleted.issueClusters(orphans);
        });
  }

  private Set<ClusterKey> leave(ProjectId project, Set<SessionId> sessions) {
    return jdbi.withHandle(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(LEAVE)
                    .bind("project", project)
                    .bindArray(
                        "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                    .mapTo(ClusterKey.class)
                    .list()));
  }
}
