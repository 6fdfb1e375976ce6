package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * What people know a cluster by, its row with name, state and assignee, goes over to the one that
 * it is now. In the caller's transaction.
 */
@ApplicationScoped
public class ClusterHeirs {

  /**
   * Whether the target may take a row over: nobody has decided about it, and it was made of the
   * source's markers, or the source is what most people know it by.
   */
  private static final String MAY_SUCCEED =
      """
      select not exists (
        select from issue_cluster t
        where t.project_id = :project and t.key = :target
          and (t.state_updated_at is not null
            or not (:leads or coalesce(:source = any(t.made_from), false))))
      """;

  /** What people know it by stays; what is counted and shown is the target's. */
  private static final List<String> FROM_SUCCEEDED =
      List.of(
          "delete from cluster_left where project_id = :project and source_key = :source",
          """
          insert into report_rule_use (project_id, rule, cluster_key, created_at)
          select u.project_id, u.rule, s.key, u.created_at
          from report_rule_use u
          join issue_cluster s on s.project_id = u.project_id and s.key = :source
          where u.project_id = :project and u.cluster_key = :target
          on conflict do nothing
          """,
          """
          update issue_cluster s set
            session_count = t.session_count, user_count = t.user_count,
            marker_count = t.marker_count, confidence = t.confidence,
            representative_session_id = t.representative_session_id,
            representative_marker_id = t.representative_marker_id,
            first_seen_at = least(s.first_seen_at, t.first_seen_at),
            last_seen_at = greatest(s.last_seen_at, t.last_seen_at),
            promoted_at = coalesce(s.promoted_at, t.promoted_at),
            promotion_trigger = coalesce(s.promotion_trigger, t.promotion_trigger),
            promotion_reason = coalesce(s.promotion_reason, t.promotion_reason)
          from issue_cluster t
          where s.project_id = :project and s.key = :source
            and t.project_id = :project and t.key = :target
          """,
          """
          delete from issue_cluster
          where project_id = :project and key = :target
            and exists (select from issue_cluster s
              where s.project_id = :project and s.key = :source)
          """,
          """
          update issue_cluster set key = :target, made_from = null
          where project_id = :project and key = :source
          """);

  private final Jdbi jdbi;

  @Inject
  public ClusterHeirs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterHeirs() {
    this(null);
  }

  /**
   * The source's row becomes the target's, with whatever people wrote into it; before the source is
   * removed. Nothing happens when somebody has triaged the target, or it was there before the
   * source's markers came and the source does not lead: who is muted does not mute others.
   *
   * @param leads whether most of what the target is came from the source
   */
  void inheritRow(ProjectId project, ClusterKey source, ClusterKey target, boolean leads) {
    jdbi.useHandle(
        handle -> {
          boolean may =
              handle
                  .createQuery(MAY_SUCCEED)
                  .bind("project", project)
                  .bind("source", source)
                  .bind("target", target)
                  .bind("leads", leads)
                  .mapTo(Boolean.class)
                  .one();
          if (!may) {
            return;
          }
          for (String sql : FROM_SUCCEEDED) {
            handle
                .createUpdate(sql)
                .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                .bind("project", project)
                .bind("source", source)
                .bind("target", target)
                .execute();
          }
        });
  }
}
