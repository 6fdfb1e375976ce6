package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What a regrouped cluster takes over from the other one: that it is an issue, what was said and
 * told of it. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterLegacies {

  /** A target that was no issue becomes one with its earliest source; what was said follows. */
  private static final List<String> FROM_MERGED =
      List.of(
          """
          update issue_cluster t set
            promoted_at = s.promoted_at,
            promotion_trigger = 'merge',
            promotion_reason = 'Merged with an issue: ' || coalesce(s.promotion_reason, s.symptom)
          from (
            select promoted_at, promotion_reason, symptom from issue_cluster
            where project_id = :project and key = any(:sources) and promoted_at is not null
            order by promoted_at limit 1) s
          where t.project_id = :project and t.key = :target and t.promoted_at is null
          """,
          """
          update issue_feedback set cluster_key = :target
          where project_id = :project and cluster_key = any(:sources)
          """,
          """
          update issue_alert_event set cluster_key = :target
          where project_id = :project and cluster_key = any(:sources)
          """,
          """
          update alert_rule_event set cluster_key = :target
          where project_id = :project and cluster_key = any(:sources)
          """,
          """
          update issue_activity set cluster_key = :target
          where project_id = :project and cluster_key = any(:sources)
          """,
          """
          update issue_ticket t set cluster_key = :target
          where t.id in (
              select distinct on (provider, server, place, coalesce(number, id)) id
              from issue_ticket
              where project_id = :project and cluster_key = any(:sources)
              order by provider, server, place, coalesce(number, id), created_at, id)
            and not exists (
              select from issue_ticket o
              where o.project_id = t.project_id and o.cluster_key = :target
                and o.provider = t.provider and o.server is not distinct from t.server
                and o.place = t.place and o.number = t.number)
          """,
          // what is left is a ticket that the target has
          """
          delete from issue_ticket
          where project_id = :project and cluster_key = any(:sources) and cluster_key <> :target
          """,
          """
          insert into report_rule_use (project_id, rule, cluster_key, created_at)
          select u.project_id, u.rule, t.key, min(u.created_at)
          from report_rule_use u
          join issue_cluster t on t.project_id = u.project_id and t.key = :target
          where u.project_id = :project and u.cluster_key = any(:sources)
          group by 1, 2, 3
          on conflict do nothing
          """);

  private static final String EMPTY =
      """
      select c.key from issue_cluster c
      where c.project_id = :project and c.key = any(:keys)
        and not exists (select from cluster_session s
          where s.project_id = c.project_id and s.cluster_key = c.key)
      order by c.key
      """;

  private static final String TOUCH =
      """
      insert into cluster_delta (project_id, cluster_key, sessions, users, markers)
      values (:project, :key, 0, 0, 0)
      """;

  /** Its hours are to be counted anew from the beginning. */
  private static final String TOUCH_HOURS =
      """
      insert into cluster_hour_due (project_id, cluster_key, since)
      values (:project, :key, to_timestamp(0))
      on conflict (project_id, cluster_key) do update set since = excluded.since
      """;

  private static final String COPY =
      """
      insert into issue_cluster
        (project_id, key, kind, symptom, route, first_seen_at, last_seen_at, created_at,
         compared_at)
      select project_id, :key, kind, symptom, route, first_seen_at, last_seen_at, created_at, now()
      from issue_cluster where project_id = :project and key = :like
      on conflict do nothing
      """;

  /** Which rules have explained what is now the target. */
  private static final String USES_FROM_SPLIT =
      """
      insert into report_rule_use (project_id, rule, cluster_key, created_at)
      select c.project_id, c.rule, t.key, min(c.updated_at)
      from report_card c
      join error_marker m on m.project_id = c.project_id and m.session_id = c.session_id
        and m.id = c.marker_id
      join issue_cluster t on t.project_id = m.project_id and t.key = m.cluster_key
      where t.project_id = :project and t.key = :target and c.rule is not null
        and exists (select from report_rule_use u
          where u.project_id = c.project_id and u.cluster_key = :source and u.rule = c.rule)
      group by 1, 2, 3
      on conflict do nothing
      """;

  /** It was one with another failure, and need not be of its kind, nor on its page. */
  private static final String FROM_SPLIT =
      """
      update issue_cluster n set
        kind = coalesce(m.kind, n.kind),
        symptom = coalesce(left(m.label, 200), n.symptom),
        route = coalesce(m.route, n.route),
        promoted_at = o.promoted_at,
        promotion_trigger = o.promotion_trigger,
        promotion_reason = case when o.promoted_at is not null
          then 'Split from an issue: ' || coalesce(o.promotion_reason, o.symptom) end
      from issue_cluster t
      join issue_cluster o on o.project_id = t.project_id and o.key = :source
      left join error_marker m on m.project_id = t.project_id
        and m.session_id = t.representative_session_id and m.id = t.representative_marker_id
      where t.project_id = :project and t.key = :target
        and n.project_id = t.project_id and n.key = t.key
      """;

  private static final String HOLDS =
      """
      select count(*) filter (where session_id = any(:sessions)) = :number as all_of_them,
             count(*) filter (where session_id <> all(:sessions)) > 0 as others
      from cluster_session where project_id = :project and cluster_key = :key
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterLegacies(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterLegacies() {
    this(null);
  }

  /**
   * Whether a cluster can be split.
   *
   * @param allOfThem whether it holds all the sessions that are to leave
   * @param others whether it holds sessions that stay
   */
  record Holding(boolean allOfThem, boolean others) {}

  Holding holding(ProjectId project, ClusterKey key, Set<SessionId> sessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(HOLDS)
                .bind("project", project)
                .bind("key", key)
                .bind("number", sessions.size())
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .map(
                    (row, context) ->
                        new Holding(row.getBoolean("all_of_them"), row.getBoolean("others")))
                .one());
  }

  /** Makes a cluster like another one, without counts and history; nothing if it exists. */
  void copy(ProjectId project, ClusterKey like, ClusterKey key) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(COPY)
                .bind("project", project)
                .bind("like", like)
                .bind("key", key)
                .execute());
  }

  /** Before the sources are removed. */
  void inheritMerged(ProjectId project, Set<ClusterKey> sources, ClusterKey target) {
    jdbi.useHandle(
        handle -> {
          for (String sql : FROM_MERGED) {
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bind("target", target)
                .bindArray("sources", String.class, ClusterDecisions.texts(sources))
                .execute();
          }
        });
  }

  /** What is part of another issue is none of its own. */
  void demote(ProjectId project, ClusterKey key) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update issue_cluster set promoted_at = null, promotion_trigger = null,"
                        + " promotion_reason = null where project_id = :project and key = :key")
                .bind("project", project)
                .bind("key", key)
                .execute());
  }

  /** Those of the clusters that no session shows any more. */
  List<ClusterKey> empty(ProjectId project, Set<ClusterKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(EMPTY)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .mapTo(ClusterKey.class)
                .list());
  }

  /** Has the next fold look at a cluster. */
  void touch(ProjectId project, ClusterKey key) {
    jdbi.useHandle(
        handle -> {
          handle.createUpdate(TOUCH).bind("project", project).bind("key", key).execute();
          handle.createUpdate(TOUCH_HOURS).bind("project", project).bind("key", key).execute();
        });
  }

  /** After the sessions have moved. */
  void inheritSplit(ProjectId project, ClusterKey source, ClusterKey target) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(FROM_SPLIT)
              .bind("project", project)
              .bind("source", source)
              .bind("target", target)
              .execute();
          handle.createUpdate(TOUCH_HOURS).bind("project", project).bind("key", target).execute();
        });
    inheritUses(project, source, target);
  }

  /** Again, when more sessions have moved: what is known stays. */
  void inheritUses(ProjectId project, ClusterKey source, ClusterKey target) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(USES_FROM_SPLIT)
                .bind("project", project)
                .bind("source", source)
                .bind("target", target)
                .execute());
  }
}
