package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of alerts, each from being asked for to its end. Who reads what became of them:
 * {@link DeliveryQueries}. In the caller's transaction.
 */
@ApplicationScoped
public class AlertDeliveries {

  private static final int MAX_TEXT = 1_000;

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

  /** Forgets what was told so long ago. */
  int deleteBefore(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from alert_delivery where created_at < :before")
                .bind("before", before)
                .execute());
  }

  private static @Nullable String bounded(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = text.replace('\0', ' ');
    return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
  }
}
