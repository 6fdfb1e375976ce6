package dev.retrospec.alerts;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** The stored rules. All methods take part in the caller's transaction. */
@ApplicationScoped
public class AlertRules {

  private static final String COLUMNS =
      "select project_id, id, name, enabled, settings::text as settings,"
          + " channels::text as channels, version, created_at, updated_at from alert_rule ";

  private static final TypeReference<List<RuleChannel>> CHANNELS = new TypeReference<>() {};

  private static final RowMapper<AlertRule> RULE =
      (row, context) ->
          new AlertRule(
              new ProjectId(row.getString("project_id")),
              new AlertRuleId(row.getString("id")),
              row.getString("name"),
              row.getBoolean("enabled"),
              Json.read(row.getString("settings"), RuleSettings.class),
              Json.read(row.getString("channels"), CHANNELS),
              row.getInt("version"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private static final RowMapper<RuleDue> DUE =
      (row, context) ->
          new RuleDue(
              new ProjectId(row.getString("project_id")),
              new AlertRuleId(row.getString("rule_id")));

  private final Jdbi jdbi;

  @Inject
  public AlertRules(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertRules() {
    this(null);
  }

  /** All of a project, in the order of their names. */
  public List<AlertRuleView> of(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + "where project_id = :project order by lower(name), id")
                .bind("project", project)
                .map(RULE)
                .map(AlertRule::view)
                .list());
  }

  /** One of them. */
  public Optional<AlertRuleView> view(ProjectId project, AlertRuleId id) {
    return find(project, id).map(AlertRule::view);
  }

  Optional<AlertRule> find(ProjectId project, AlertRuleId id) {
    return one(COLUMNS + "where project_id = :project and id = :id", project, id);
  }

  /** The same for who decides: nobody else does until the transaction has ended. */
  Optional<AlertRule> toDecide(ProjectId project, AlertRuleId id) {
    return one(COLUMNS + "where project_id = :project and id = :id for update", project, id);
  }

  private Optional<AlertRule> one(String sql, ProjectId project, AlertRuleId id) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery(sql).bind("project", project).bind("id", id).map(RULE).findOne());
  }

  /** Those of all projects that are on and tell this event; what else they say is not read. */
  List<RuleDue> telling(RuleEvent event) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select project_id, id as rule_id from alert_rule
                    where enabled and jsonb_exists(settings -> 'events', :event)
                    order by project_id, id
                    """)
                .bind("event", event.wireName())
                .map(DUE)
                .list());
  }

  /** Those of all projects, on or off; what they say is not read. */
  List<RuleDue> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select project_id, id as rule_id from alert_rule order by project_id, id")
                .map(DUE)
                .list());
  }

  /**
   * Whether it is the caller's turn to look at a rule's threshold; if so, nobody else's within the
   * time. Whoever asks at the same moment waits until the caller's transaction has ended.
   */
  boolean mayLook(ProjectId project, AlertRuleId id, Instant now, Duration turn) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into alert_threshold_look as l (project_id, rule_id, looked_at)
                        select project_id, id, :now from alert_rule
                        where project_id = :project and id = :id
                        on conflict (project_id, rule_id) do update set
                          looked_at = excluded.looked_at
                        where l.looked_at <= :before
                        """)
                    .bind("project", project)
                    .bind("id", id)
                    .bind("now", now)
                    .bind("before", now.minus(turn))
                    .execute())
        == 1;
  }

  int count(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from alert_rule where project_id = :project")
                .bind("project", project)
                .mapTo(Integer.class)
                .one());
  }

  void add(AlertRule rule) {
    jdbi.useHandle(
        handle ->
            bound(
                    handle.createUpdate(
                        """
                        insert into alert_rule (project_id, id, name, enabled, settings, channels,
                          version, created_at, updated_at)
                        values (:project, :id, :name, :enabled, cast(:settings as jsonb),
                          cast(:channels as jsonb), :version, :now, :now)
                        """),
                    rule)
                .execute());
  }

  /** Replaces a rule that the caller has locked. */
  void replace(AlertRule rule) {
    jdbi.useHandle(
        handle ->
            bound(
                    handle.createUpdate(
                        """
                        update alert_rule set name = :name, enabled = :enabled,
                          settings = cast(:settings as jsonb), channels = cast(:channels as jsonb),
                          version = :version, updated_at = :now
                        where project_id = :project and id = :id
                        """),
                    rule)
                .execute());
  }

  private static <S extends SqlStatement<S>> S bound(S statement, AlertRule rule) {
    return statement
        .bind("project", rule.projectId())
        .bind("id", rule.id())
        .bind("name", rule.name())
        .bind("enabled", rule.enabled())
        .bind("settings", Json.write(rule.settings()))
        .bind("channels", Json.write(rule.channels()))
        .bind("version", rule.version())
        .bind("now", rule.updatedAt());
  }

  boolean remove(ProjectId project, AlertRuleId id) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate("delete from alert_rule where project_id = :project and id = :id")
                    .bind("project", project)
                    .bind("id", id)
                    .execute())
        == 1;
  }

  /** Rules with events that are due, those that have waited longest first. */
  List<RuleDue> due(int limit, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select project_id, rule_id from alert_rule_event
                    where status = 'held' and due_at <= :now
                    group by project_id, rule_id order by min(due_at) limit :limit
                    """)
                .bind("now", now)
                .bind("limit", limit)
                .map(DUE)
                .list());
  }

  /** A rule that is to be looked at. */
  record RuleDue(ProjectId project, AlertRuleId rule) {}
}
