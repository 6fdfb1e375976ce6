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
import java.util.Set;

/** Alerts name issues and, of a report card, a session; they go when their own time is over. */
@ApplicationScoped
public class AlertData implements ExpiringData {

  private final RuleEvents events;
  private final AlertDeliveries deliveries;
  private final NotificationConfig config;
  private final Clock clock;

  @Inject
  public AlertData(
      RuleEvents events, AlertDeliveries deliveries, NotificationConfig config, Clock clock) {
    this.events = events;
    this.deliveries = deliveries;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertData() {
    this(null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** By {@code ARTIFACT_RETENTION_DAYS}, as messages about runs. */
  @Override
  @Transactional
  public Deleted sweep(Instant before) {
    Instant over = clock.instant().minus(config.retention());
    events.deleteBefore(over);
    deliveries.deleteBefore(over);
    return Deleted.NOTHING;
  }
}
