package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The clusters that promotion looks at, and what it writes into them. All methods take part in the
 * caller's transaction.
 */
@ApplicationScoped
public class PromotionCandidates {

  private static final String CANDIDATE =
      """
      select c.key, c.promoted_at is not null as issue,
             c.session_count + coalesce(sum(d.sessions), 0)::integer as sessions,
             c.user_count + coalesce(sum(d.users), 0)::integer as users,
             c.marker_count + coalesce(sum(d.markers), 0) as markers,
             c.promoted_at is not null and c.state = 'resolved' and exists (
               select from cluster_session cs
               join session s on s.project_id = cs.project_id and s.id = cs.session_id
               join error_marker m on m.project_id = cs.project_id
                 and m.session_id = cs.session_id and m.cluster_key = cs.cluster_key
               cross join lateral (select coalesce(m.release, s.release) as release) ran
               left join release_sighting fixed on fixed.project_id = c.project_id
                 and fixed.release = c.resolved_in_release
               left join release_sighting seen on seen.project_id = s.project_id
                 and seen.release = ran.release
               where cs.project_id = c.project_id and cs.cluster_key = c.key
                 and cs.created_at > c.resolved_at and s.created_at > c.resolved_at
                 and (m.unread_until is null or m.unread_until < now())
                 and (c.resolved_in_release is null or ran.release = c.resolved_in_release
                   or ran.release is not null
                     and coalesce(seen.first_seen_at, s.created_at) > fixed.first_seen_at)
             ) as came_back
      from issue_cluster c
      left join cluster_delta d on d.project_id = c.project_id and d.cluster_key = c.key
      """;

  /** What was merged away and has just been made again by a request is on its way home. */
  private static final String GROUPED =
      """
      and not exists (select from cluster_alias a
        where a.project_id = c.project_id and a.source_key = c.key)
      group by c.project_id, c.key
      """;

  /** Issues at work are left out at once: that is what most requests touch. */
  private static final String AMONG =
      CANDIDATE
          + """
            where c.project_id = :project and c.key = any(:keys)
              and (c.promoted_at is null or c.state = 'resolved')
            """
          + GROUPED;

  /** Counts that are folded are found by an index; the few that are not by their deltas. */
  private static final String REPEATED =
      CANDIDATE
          + """
            where c.project_id = :project and c.promoted_at is null
              and c.key in (
                select key from issue_cluster
                where project_id = :project and promoted_at is null and session_count >= :min
                union
                select cluster_key from cluster_delta where project_id = :project)
            """
          + GROUPED;

  private static final String PROMOTE =
      """
      with chosen as (
        select n.key, n.reason from issue_cluster c
        join jsonb_to_recordset(cast(:chosen as jsonb)) as n(key text, reason text)
          on n.key = c.key
        where c.project_id = :project and c.promoted_at is null
        order by c.key for no key update of c)
      update issue_cluster c set
        promoted_at = :now, promotion_trigger = :trigger, promotion_reason = chosen.reason
      from chosen
      where c.project_id = :project and c.key = chosen.key and c.promoted_at is null
      returning c.key
      """;

  private static final String REGRESS =
      """
      with back as (
        select key from issue_cluster
        where project_id = :project and key = any(:keys) and state = 'resolved'
        order by key for no key update)
      update issue_cluster c set
        state = 'regressed', resolved_at = null, resolved_in_release = null,
        state_updated_at = :now, version = version + 1
      from back
      where c.project_id = :project and c.key = back.key and c.state = 'resolved'
      returning c.key
      """;

  private final Jdbi jdbi;

  @Inject
  public PromotionCandidates(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PromotionCandidates() {
    this(null);
  }

  /**
   * A cluster as promotion sees it.
   *
   * @param issue whether it has been promoted
   * @param cameBack whether it is resolved and has been seen in a session that came in later, on
   *     the release of its fix or one that was seen first after it; what counts is the release that
   *     ran when it failed, for a visit may go on over a deploy, and what {@link
   *     dev.retrospec.sessions.UnreadStacks} names does not count yet
   */
  record Candidate(
      ClusterKey key, boolean issue, int sessions, int users, long markers, boolean cameBack) {

    PromotionPolicy.Evidence evidence() {
      return new PromotionPolicy.Evidence(sessions, users, markers);
    }
  }

  record Chosen(String key, String reason) {}

  /** Those of the given that may become an issue, or regressed. */
  List<Candidate> among(ProjectId project, Collection<ClusterKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AMONG)
                .bind("project", project)
                .bindArray("keys", String.class, texts(keys))
                .map(PromotionCandidates::candidate)
                .list());
  }

  /** Clusters that are no issue yet and may have been seen in so many sessions. */
  List<Candidate> repeated(ProjectId project, int minSessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REPEATED)
                .bind("project", project)
                .bind("min", minSessions)
                .map(PromotionCandidates::candidate)
                .list());
  }

  /** Projects for which {@link #repeated} finds something. */
  List<ProjectId> projectsWithRepeated(int minSessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select project_id from issue_cluster
                    where promoted_at is null and session_count >= :min
                    union select project_id from cluster_delta
                    order by 1
                    """)
                .bind("min", minSessions)
                .mapTo(ProjectId.class)
                .list());
  }

  /** Those of the chosen that nobody had promoted before. */
  List<ClusterKey> promote(
      ProjectId project, List<Chosen> chosen, PromotionTrigger trigger, Instant now) {
    if (chosen.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PROMOTE)
                .bind("project", project)
                .bind("chosen", Json.write(chosen))
                .bind("trigger", trigger.wireName())
                .bind("now", now)
                .mapTo(ClusterKey.class)
                .list());
  }

  /** Those that nobody had found regressed, or triaged, before. */
  List<ClusterKey> regress(ProjectId project, List<ClusterKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REGRESS)
                .bind("project", project)
                .bindArray("keys", String.class, texts(keys))
                .bind("now", now)
                .mapTo(ClusterKey.class)
                .list());
  }

  private static Candidate candidate(ResultSet row, StatementContext context) throws SQLException {
    return new Candidate(
        new ClusterKey(row.getString("key")),
        row.getBoolean("issue"),
        row.getInt("sessions"),
        row.getInt("users"),
        row.getLong("markers"),
        row.getBoolean("came_back"));
  }

  private static List<String> texts(Collection<ClusterKey> keys) {
    return keys.stream().map(ClusterKey::value).sorted().toList();
  }
}
