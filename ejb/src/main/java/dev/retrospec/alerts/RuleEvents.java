package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.AlreadyTold;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** What happened, for each rule that asks for it. In the caller's transaction. */
@ApplicationScoped
public class RuleEvents {

  /** One statement, which writes nothing where no rule asks. */
  private static final String HAPPENED =
      """
      insert into alert_rule_event (project_id, rule_id, event_key, event, cluster_key, session_id,
        trigger, words, due_at, created_at)
      select r.project_id, r.id, :eventKey, :event, :key, :session, :trigger, :words, :now, :now
      from alert_rule r
      where r.project_id = :project and r.enabled
        and jsonb_exists(r.settings -> 'events', :event)
        and (cast(:rule as text) is null or r.id = :rule)
      on conflict do nothing
      returning rule_id
      """;

  private static final RowMapper<HeldEvent> HELD =
      (row, context) ->
          new HeldEvent(
              row.getString("event_key"),
              RuleEvent.fromWireName(row.getString("event")),
              new ClusterKey(row.getString("cluster_key")),
              row.getString("session_id") == null
                  ? null
                  : new SessionId(row.getString("session_id")),
              row.getString("trigger"),
              row.getString("words"),
              row.getString("reason"),
              row.getTimestamp("created_at").toInstant());

  private final Jdbi jdbi;

  @Inject
  public RuleEvents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RuleEvents() {
    this(null);
  }

  /**
   * Writes an event down for each rule that tells such events, unless it is there already.
   *
   * @param only null: every rule of the project
   * @return the rules that have it now and had not before
   */
  List<AlertRuleId> happened(
      ProjectId project, HeldEvent event, @Nullable AlertRuleId only, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(HAPPENED)
                .bind("project", project)
                .bind("eventKey", event.eventKey())
                .bind("event", event.event().wireName())
                .bind("key", event.clusterKey())
                .bind("session", event.sessionId())
                .bind("trigger", event.trigger())
                .bind("words", event.words())
                .bind("rule", only)
                .bind("now", now)
                .mapTo(AlertRuleId.class)
                .list());
  }

  /** What a rule has to decide about now, in the order in which it happened. */
  List<HeldEvent> due(ProjectId project, AlertRuleId rule, int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from alert_rule_event
                    where project_id = :project and rule_id = :rule and status = 'held'
                      and due_at <= :now
                    order by created_at, event_key limit :limit
                    """)
                .bind("project", project)
                .bind("rule", rule)
                .bind("now", now)
                .bind("limit", limit)
                .map(HELD)
                .list());
  }

  /**
   * What the group has been told since.
   *
   * @param since no longer ago than anybody asks
   */
  AlreadyTold told(
      ProjectId project,
      AlertRuleId rule,
      String group,
      RuleEvent event,
      ClusterKey key,
      Instant since) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select max(told_at) as in_group,
                      max(told_at) filter (where event = :event and cluster_key = :key) as same
                    from alert_rule_event
                    where project_id = :project and rule_id = :rule and group_key = :group
                      and status = 'told' and told_at > :since
                    """)
                .bind("project", project)
                .bind("rule", rule)
                .bind("group", group)
                .bind("event", event.wireName())
                .bind("key", key)
                .bind("since", since)
                .map(
                    (row, context) ->
                        new AlreadyTold(
                            instant(row.getTimestamp("in_group")),
                            instant(row.getTimestamp("same"))))
                .one());
  }

  private static @Nullable Instant instant(java.sql.@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  void hold(ProjectId project, AlertRuleId rule, String eventKey, Instant until, String reason) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_rule_event set due_at = :until, reason = :reason
                    where project_id = :project and rule_id = :rule and event_key = :key
                      and status = 'held'
                    """)
                .bind("until", until)
                .bind("reason", reason)
                .bind("project", project)
                .bind("rule", rule)
                .bind("key", eventKey)
                .execute());
  }

  /** Has everything decided about at the next look that a rule holds. */
  void reconsider(ProjectId project, AlertRuleId rule, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_rule_event set due_at = :now
                    where project_id = :project and rule_id = :rule and status = 'held'
                      and due_at > :now
                    """)
                .bind("now", now)
                .bind("project", project)
                .bind("rule", rule)
                .execute());
  }

  void suppress(ProjectId project, AlertRuleId rule, String eventKey, String reason) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_rule_event set status = 'suppressed', reason = :reason
                    where project_id = :project and rule_id = :rule and event_key = :key
                      and status = 'held'
                    """)
                .bind("reason", reason)
                .bind("project", project)
                .bind("rule", rule)
                .bind("key", eventKey)
                .execute());
  }

  /** Everything that a rule holds which is not there any more, or is off. */
  void suppressHeld(ProjectId project, AlertRuleId rule, String reason) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_rule_event set status = 'suppressed', reason = :reason
                    where project_id = :project and rule_id = :rule and status = 'held'
                    """)
                .bind("reason", reason)
                .bind("project", project)
                .bind("rule", rule)
                .execute());
  }

  void tell(
      ProjectId project,
      AlertRuleId rule,
      String eventKey,
      String group,
      ClusterKey current,
      AlertId alert,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_rule_event set status = 'told', reason = null, group_key = :group,
                      cluster_key = :current, alert_id = :alert, told_at = :now
                    where project_id = :project and rule_id = :rule and event_key = :key
                      and status = 'held'
                    """)
                .bind("group", group)
                .bind("current", current)
                .bind("alert", alert)
                .bind("now", now)
                .bind("project", project)
                .bind("rule", rule)
                .bind("key", eventKey)
                .execute());
  }

  /** The first event of each other issue of an alert, of those with the most users first. */
  List<HeldEvent> others(ProjectId project, AlertId alert, ClusterKey lead) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select one.* from (
                      select distinct on (cluster_key) * from alert_rule_event
                      where project_id = :project and alert_id = :alert and cluster_key <> :lead
                      order by cluster_key, created_at, event_key) one
                    left join issue_cluster c
                      on c.project_id = one.project_id and c.key = one.cluster_key
                    order by c.user_count desc nulls last, one.cluster_key
                    """)
                .bind("project", project)
                .bind("alert", alert)
                .bind("lead", lead)
                .map(HELD)
                .list());
  }

  /** Forgets what has ended so long ago. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from alert_rule_event where created_at < :before")
                .bind("before", before)
                .execute());
  }
}
