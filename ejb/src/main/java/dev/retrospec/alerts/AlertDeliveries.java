package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.NewJob;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The stored alerts of rules and their deliveries. In the caller's transaction. */
@ApplicationScoped
public class AlertDeliveries {

  private static final int MAX_TEXT = 1_000;

  private static final String ADD_ALERT =
      """
      insert into rule_alert (project_id, id, rule_id, rule_name, event, cluster_key, session_id,
        trigger, words, more, is_digest, is_test, created_at)
      values (:project, :id, :rule, :name, :event, :key, :session, :trigger, :words, :more, :digest,
        :test, :now)
      """;

  /** The unique event key is what keeps an event from being sent twice. */
  private static final String ADD =
      """
      insert into alert_delivery (project_id, id, alert_id, rule_id, channel_id, channel, purpose,
        event_key, is_changeable, created_at)
      values (:project, :id, :alert, :rule, :channelId, :channel, 'tell', :eventKey, :changeable,
        :now)
      on conflict (project_id, rule_id, channel_id, event_key) do nothing
      """;

  /** Of each rule and channel the last message that names the issue, where it can be changed. */
  private static final String ASK_FOR_CHANGES =
      """
      insert into alert_delivery (project_id, id, alert_id, rule_id, channel_id, channel, purpose,
        event_key, is_changeable, created_at)
      select d.project_id, 'delivery_' || replace(gen_random_uuid()::text, '-', ''), d.alert_id,
        d.rule_id, d.channel_id, d.channel, 'update', 'update|' || d.alert_id || '|' || :what || '|' || :key,
        true, :now
      from (
        select distinct on (rule_id, channel_id) * from alert_delivery
        where project_id = :project and purpose = 'tell' and is_changeable
          and status in ('pending', 'sending', 'sent')
          and alert_id in (
            select alert_id from alert_rule_event
            where project_id = :project and cluster_key = :key and status = 'told')
        order by rule_id, channel_id, position desc) d
      on conflict (project_id, rule_id, channel_id, event_key) do nothing
      returning id
      """;

  private static final String VIEW =
      """
      select d.*, a.rule_name, a.event, a.cluster_key, a.is_test
      from alert_delivery d
      join rule_alert a on a.project_id = d.project_id and a.id = d.alert_id
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

  private static final RowMapper<StoredDelivery> STORED =
      (row, context) ->
          new StoredDelivery(
              new ProjectId(row.getString("project_id")),
              new AlertDeliveryId(row.getString("id")),
              new AlertId(row.getString("alert_id")),
              new AlertRuleId(row.getString("rule_id")),
              new AlertChannelId(row.getString("channel_id")),
              AlertChannelKind.fromWireName(row.getString("channel")),
              row.getString("purpose").equals("update"),
              row.getString("event_key"),
              row.getString("status"),
              row.getInt("generation"),
              row.getInt("attempts"),
              row.getString("message_ref"),
              row.getLong("position"));

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
  public AlertDeliveries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertDeliveries() {
    this(null);
  }

  /**
   * The job that makes a delivery, and is the only one that does.
   *
   * @param generation grows when somebody has it sent again
   */
  static NewJob job(ProjectId project, AlertDeliveryId delivery, int generation) {
    return NewJob.about(
        JobKind.NOTIFICATION,
        project,
        delivery.value(),
        "{}",
        List.of(delivery.value(), generation));
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

  /**
   * A delivery for each channel that has none for the event.
   *
   * @return those that are new
   */
  List<AlertDeliveryId> addFor(RuleAlert alert, String eventKey, List<RuleChannel> channels) {
    List<AlertDeliveryId> added = new ArrayList<>();
    for (RuleChannel channel : channels) {
      AlertDeliveryId id = AlertDeliveryId.mint();
      int written =
          jdbi.withHandle(
              handle ->
                  handle
                      .createUpdate(ADD)
                      .bind("project", alert.projectId())
                      .bind("id", id)
                      .bind("alert", alert.id())
                      .bind("rule", alert.ruleId())
                      .bind("channelId", channel.id())
                      .bind("channel", channel.kind().wireName())
                      .bind("eventKey", eventKey)
                      .bind("changeable", channel.isChangeable() && !alert.isTest())
                      .bind("now", alert.createdAt())
                      .execute());
      if (written == 1) {
        added.add(id);
      }
    }
    return added;
  }

  /**
   * Changes of the messages about an issue that can be changed.
   *
   * @param what the same for the same change of the issue
   * @return those that were not asked for yet
   */
  List<AlertDeliveryId> askForChanges(ProjectId project, ClusterKey key, String what, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ASK_FOR_CHANGES)
                .bind("project", project)
                .bind("key", key)
                .bind("what", what)
                .bind("now", now)
                .mapTo(AlertDeliveryId.class)
                .list());
  }

  /** For who is about to make it: nobody else begins meanwhile. */
  Optional<StoredDelivery> toBegin(ProjectId project, AlertDeliveryId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from alert_delivery where project_id = :project and id = :id"
                        + " for update")
                .bind("project", project)
                .bind("id", id)
                .map(STORED)
                .findOne());
  }

  Optional<RuleAlert> alert(ProjectId project, AlertId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from rule_alert where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(ALERT)
                .findOne());
  }

  /** The message that a change is about. */
  Optional<StoredDelivery> changedBy(StoredDelivery update) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from alert_delivery where project_id = :project
                      and alert_id = :alert and channel_id = :channel and purpose = 'tell'
                    """)
                .bind("project", update.projectId())
                .bind("alert", update.alertId())
                .bind("channel", update.channelId())
                .map(STORED)
                .findOne());
  }

  /** Whether a change of the same message that was asked for earlier has not ended. */
  boolean hasEarlierChange(StoredDelivery update) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from alert_delivery where project_id = :project
                      and alert_id = :alert and channel_id = :channel and purpose = 'update'
                      and status in ('pending', 'sending') and position < :position)
                    """)
                .bind("project", update.projectId())
                .bind("alert", update.alertId())
                .bind("channel", update.channelId())
                .bind("position", update.position())
                .mapTo(Boolean.class)
                .one());
  }

  void begin(ProjectId project, AlertDeliveryId id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update alert_delivery set status = 'sending', attempts = attempts + 1,"
                        + " ended_at = null where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .execute());
  }

  /** What an attempt led to; one that was sent stays so. */
  void note(
      ProjectId project, AlertDeliveryId id, String status, AttemptResult result, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_delivery set status = :status, http_status = :http,
                      answer = :answer, duration_ms = :duration, error_message = :error,
                      message_ref = coalesce(:ref, message_ref),
                      ended_at = case when :status = 'pending' then null
                        else cast(:now as timestamptz) end
                    where project_id = :project and id = :id and status <> 'sent'
                    """)
                .bind("status", status)
                .bind("http", result.httpStatus())
                .bind("answer", bounded(result.answer()))
                .bind("duration", result.durationMs())
                .bind("error", bounded(result.error()))
                .bind("ref", result.messageRef())
                .bind("now", now)
                .bind("project", project)
                .bind("id", id)
                .execute());
  }

  /** It ends without another attempt; what the last one led to stays. */
  void end(
      ProjectId project, AlertDeliveryId id, String status, @Nullable String why, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update alert_delivery set status = :status, error_message = :error,
                      ended_at = :now
                    where project_id = :project and id = :id
                      and status in ('pending', 'sending', 'failed')
                    """)
                .bind("status", status)
                .bind("error", bounded(why))
                .bind("now", now)
                .bind("project", project)
                .bind("id", id)
                .execute());
  }

  /**
   * Makes it wait for another attempt.
   *
   * @return its new generation; empty when it has not ended yet, or there is no such
   */
  Optional<Integer> again(ProjectId project, AlertDeliveryId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update alert_delivery set status = 'pending', generation = generation + 1,
                      ended_at = null
                    where project_id = :project and id = :id
                      and status not in ('pending', 'sending')
                    returning generation
                    """)
                .bind("project", project)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne());
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

  /** Forgets what was told so long ago. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle -> {
          int deliveries =
              handle
                  .createUpdate("delete from alert_delivery where created_at < :before")
                  .bind("before", before)
                  .execute();
          handle
              .createUpdate(
                  """
                  delete from rule_alert a where a.created_at < :before and not exists (
                    select from alert_delivery d
                    where d.project_id = a.project_id and d.alert_id = a.id)
                  """)
              .bind("before", before)
              .execute();
          return deliveries;
        });
  }

  private static @Nullable String bounded(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = text.replace('\0', ' ');
    return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
  }
}
