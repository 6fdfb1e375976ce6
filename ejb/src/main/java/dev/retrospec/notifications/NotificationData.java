package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Messages know no session; they go when their own time is over. */
@ApplicationScoped
public class NotificationData implements ExpiringData {

  private final Notifications notifications;
  private final GithubComments comments;
  private final NotificationConfig config;
  private final Clock clock;

  @Inject
  public NotificationData(
      Notifications notifications,
      GithubComments comments,
      NotificationConfig config,
      Clock clock) {
    this.notifications = notifications;
    this.comments = comments;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected NotificationData() {
    this(null, null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** By {@code ARTIFACT_RETENTION_DAYS}, as the runs that they tell of. */
  @Override
  public Deleted sweep(Instant before) {
    Instant over = clock.instant().minus(config.retention());
    notifications.deleteBefore(over);
    comments.deleteBefore(over);
    return Deleted.NOTHING;
  }
}
