package dev.retrospec.retention;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Remembers which sessions were erased on request, so that a recorder which is still running does
 * not bring them back: whatever writes a session asks {@code is_erased_session}. Holds ids only,
 * and forgets them when no recorder can run that long.
 */
@ApplicationScoped
public class ErasedSessions {

  private static final String ADD =
      """
      insert into erased_session (project_id, session_id, erased_at)
      values (:project, :session, :now) on conflict do nothing
      """;

  private final Jdbi jdbi;

  @Inject
  public ErasedSessions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ErasedSessions() {
    this.jdbi = null;
  }

  void add(ProjectId project, SessionId session, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("session", session)
                .bind("now", now)
                .execute());
  }

  void forget(Instant before) {
    jdbi.useHandle(
        handle -> handle.execute("delete from erased_session where erased_at < ?", before));
  }
}
