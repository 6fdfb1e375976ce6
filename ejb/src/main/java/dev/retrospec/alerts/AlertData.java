package dev.retrospec.alerts;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Alerts name issues and, of a report card, a session until it is gone; they go when their own time
 * is over.
 */
@ApplicationScoped
public class AlertData implements ExpiringData {

  /**
   * Keys of events name the session of a report card. What is left of a key still keeps its event
   * from being told twice.
   */
  private static final List<String> FORGET_SESSIONS =
      List.of(
          """
          update alert_delivery d set event_key = 'forgotten|' || md5(d.event_key)
          from rule_alert a
          where a.project_id = :project and a.session_id = any(:sessions)
            and d.project_id = a.project_id and d.alert_id = a.id and d.purpose = 'tell'
          """,
          """
          update rule_alert set session_id = null
          where project_id = :project and session_id = any(:sessions)
          """,
          """
          update alert_rule_event set session_id = null,
            event_key = 'forgotten|' || md5(event_key)
          where project_id = :project and session_id = any(:sessions)
          """);

  private final Jdbi jdbi;
  private final RuleEvents events;
  private final AlertDeliveries deliveries;
  private final ToldAlerts told;
  private final NotificationConfig config;
  private final Clock clock;

  @Inject
  public AlertData(
      Jdbi jdbi,
      RuleEvents events,
      AlertDeliveries deliveries,
      ToldAlerts told,
      NotificationConfig config,
      Clock clock) {
    this.jdbi = jdbi;
    this.events = events;
    this.deliveries = deliveries;
    this.told = told;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertData() {
    this(null, null, null, null, null, null);
  }

  /** What was told stays, without the sessions that it was about. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    List<String> ids = sessions.stream().map(SessionId::value).toList();
    jdbi.useHandle(
        handle -> {
          for (String sql : FORGET_SESSIONS) {
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bindArray("sessions", String.class, ids)
                .execute();
          }
        });
    return Deleted.NOTHING;
  }

  /** By {@code ARTIFACT_RETENTION_DAYS}, as messages about runs. */
  @Override
  @Transactional
  public Deleted sweep(Instant before) {
    Instant over = clock.instant().minus(config.retention());
    events.deleteBefore(over);
    deliveries.deleteBefore(over);
    told.deleteBefore(over);
    return Deleted.NOTHING;
  }
}
