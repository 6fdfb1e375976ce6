package dev.retrospec.servererrors;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;

/** Errors of servers go with the sessions that met them; those that none met, by their age. */
@ApplicationScoped
public class ServerErrorData implements ExpiringData {

  private final ServerErrors errors;

  @Inject
  public ServerErrorData(ServerErrors errors) {
    this.errors = errors;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ServerErrorData() {
    this(null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    errors.delete(project, sessions);
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant before) {
    errors.deleteBefore(before);
    return Deleted.NOTHING;
  }
}
