package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told, and what became of what was told; for pages and programs. In the caller's
 * transaction, if any.
 */
@ApplicationScoped
public class DeliveryQueries {

  private static final String VIEW =
      """
      select d.*, a.rule_name, a.event, a.cluster_key, a.is_test, c.symptom
      from alert_delivery d
      join rule_alert a on a.project_id = d.project_id and a.id = d.alert_id
      left join cluster_alias now on now.project_id = a.project_id and now.source_key = a.cluster_key
      left join issue_cluster c on c.project_id = a.project_id
        and c.key = coalesce(now.target_key, a.cluster_key)
      """;

  private static final RowMapper<AlertDeliveryView> DELIVERY =
      (row, context) ->
          new AlertDeliveryView(
              new AlertDeliveryId(row.getString("id")),
              new AlertId(row.getString("alert_id")),
              new AlertRuleId(row.getString("rule_id")),
              row.getString("rule_name"),
              new AlertChannelId(row.getString("channel_id")),
              AlertChannelKind.fromWireName(row.getString("channel")),
              row.getString("purpose"),
              row.getString("event"),
              new ClusterKey(row.getString("cluster_key")),
              row.getString("symptom"),
              row.getBoolean("is_test"),
              row.getString("status"),
              row.getInt("attempts"),
              (Integer) row.getObject("http_status"),
              row.getString("answer"),
              (Long) row.getObject("duration_ms"),
              row.getString("error_message"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("ended_at") == null
                  ? null
                  : row.getTimestamp("ended_at").toInstant());

  private final Jdbi jdbi;

  @Inject
  public DeliveryQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected DeliveryQueries() {
    this(null);
  }

  /** What is held, what is decided about first comes first. */
  public List<RuleEventView> held(ProjectId project, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select e.*, c.symptom from alert_rule_event e
                    left join issue_cluster c on c.project_id = e.project_id
                      and c.key = e.cluster_key
                    where e.project_id = :project and e.status = 'held'
                    order by e.due_at limit :limit
                    """)
                .bind("project", project)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new RuleEventView(
                            new AlertRuleId(row.getString("rule_id")),
                            RuleEvent.fromWireName(row.getString("event")),
                            new ClusterKey(row.getString("cluster_key")),
                            row.getString("symptom"),
                            Optional.ofNullable(row.getString("reason")).orElse(""),
                            row.getTimestamp("due_at").toInstant(),
                            row.getTimestamp("created_at").toInstant()))
                .list());
  }

  /** Those of an alert. */
  public List<AlertDeliveryView> of(ProjectId project, AlertId alert) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    VIEW
                        + "where d.project_id = :project and d.alert_id = :alert order by d.position")
                .bind("project", project)
                .bind("alert", alert)
                .map(DELIVERY)
                .list());
  }

  /** One of them. */
  public Optional<AlertDeliveryView> find(ProjectId project, AlertDeliveryId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(VIEW + "where d.project_id = :project and d.id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(DELIVERY)
                .findOne());
  }

  /**
   * The latest, newest first.
   *
   * @param rule null: of all rules
   * @param before the one that the piece before this one ended with; null: from the newest on
   */
  public List<AlertDeliveryView> latest(
      ProjectId project, @Nullable AlertRuleId rule, @Nullable AlertDeliveryId before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    VIEW
                        + """
                        where d.project_id = :project
                          and (cast(:rule as text) is null or d.rule_id = :rule)
                          and (cast(:before as text) is null or d.position < (
                            select position from alert_delivery
                            where project_id = :project and id = :before))
                        order by d.position desc limit :limit
                        """)
                .bind("project", project)
                .bind("rule", rule)
                .bind("before", before)
                .bind("limit", limit)
                .map(DELIVERY)
                .list());
  }
}
