package dev.retrospec.servererrors;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Errors of servers go with the sessions that met them, and when those are as old as a session may
 * become. What no session names goes after a day: its visitor was not recorded, the recording was
 * erased before the error came, or the ring that held the answer went on.
 */
@ApplicationScoped
public class ServerErrorData implements ExpiringData {

  /** By then a recorder that was offline has mostly sent what it had. */
  private static final Duration UNSEEN = Duration.ofDays(1);

  private final ServerErrors errors;
  private final Clock clock;

  @Inject
  public ServerErrorData(ServerErrors errors, Clock clock) {
    this.errors = errors;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ServerErrorData() {
    this(null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    errors.delete(project, sessions);
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    errors.deleteBefore(before);
    errors.deleteUnseenBefore(clock.instant().minus(UNSEEN));
    return Deleted.NOTHING;
  }
}
