package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** What rules have decided to tell. In the caller's transaction. */
@ApplicationScoped
public class ToldAlerts {

  private static final String ADD_ALERT =
      """
      insert into rule_alert (project_id, id, rule_id, rule_name, event, cluster_key, session_id,
        trigger, words, more, is_digest, is_test, created_at)
      values (:project, :id, :rule, :name, :event, :key, :session, :trigger, :words, :more, :digest,
        :test, :now)
      """;

  private static final RowMapper<RuleAlert> ALERT =
      (row, context) ->
          new RuleAlert(
              new ProjectId(row.getString("project_id")),
              new AlertId(row.getString("id")),
              new AlertRuleId(row.getString("rule_id")),
              row.getString("rule_name"),
              RuleEvent.fromWireName(row.getString("event")),
              new ClusterKey(row.getString("cluster_key")),
              row.getString("session_id") == null
                  ? null
                  : new SessionId(row.getString("session_id")),
              row.getString("trigger"),
              row.getString("words"),
              row.getInt("more"),
              row.getBoolean("is_digest"),
              row.getBoolean("is_test"),
              row.getTimestamp("created_at").toInstant());

  private final Jdbi jdbi;

  @Inject
  public ToldAlerts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ToldAlerts() {
    this(null);
  }

  void add(RuleAlert alert) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD_ALERT)
                .bind("project", alert.projectId())
                .bind("id", alert.id())
                .bind("rule", alert.ruleId())
                .bind("name", alert.ruleName())
                .bind("event", alert.event().wireName())
                .bind("key", alert.clusterKey())
                .bind("session", alert.sessionId())
                .bind("trigger", alert.trigger())
                .bind("words", alert.words())
                .bind("more", alert.more())
                .bind("digest", alert.isDigest())
                .bind("test", alert.isTest())
                .bind("now", alert.createdAt())
                .execute());
  }

  Optional<RuleAlert> find(ProjectId project, AlertId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from rule_alert where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(ALERT)
                .findOne());
  }

  /** Forgets those of long ago whose deliveries are gone. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from rule_alert a where a.created_at < :before and not exists (
                      select from alert_delivery d
                      where d.project_id = a.project_id and d.alert_id = a.id)
                    """)
                .bind("before", before)
                .execute());
  }
}
