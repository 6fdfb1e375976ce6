package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The keys of all sessions as they are stored. Each method is one statement. */
final class WrappedKeys {

  private static final String OUTDATED =
      """
      select project_id, session_id, master_key_id, wrapped_key from session_key
      where master_key_id <> :newest and (project_id, session_id) > (:project, :session)
      order by project_id, session_id
      limit :limit
      """;

  private static final String REPLACE =
      """
      update session_key set master_key_id = :newest, wrapped_key = :rewrapped
      where project_id = :project and session_id = :session and master_key_id = :outdated
      """;

  private final Jdbi jdbi;

  WrappedKeys(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A session's key. */
  record Stored(ProjectId project, SessionId session, WrappedKey key) {}

  /** The next keys that another master key wraps, in the order of project and session. */
  List<Stored> outdated(String newest, String afterProject, String afterSession, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OUTDATED)
                .bind("newest", newest)
                .bind("project", afterProject)
                .bind("session", afterSession)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Stored(
                            new ProjectId(row.getString(1)),
                            new SessionId(row.getString(2)),
                            new WrappedKey(row.getString(3), row.getBytes(4))))
                .list());
  }

  /**
   * @return 1, or 0 when another node was faster or the session is gone
   */
  int replace(Stored stored, WrappedKey rewrapped) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(REPLACE)
                .bind("newest", rewrapped.masterKeyId())
                .bind("rewrapped", rewrapped.wrapped())
                .bind("project", stored.project)
                .bind("session", stored.session)
                .bind("outdated", stored.key.masterKeyId())
                .execute());
  }
}
