package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The stored data keys of sessions, as ciphers. All methods take part in the transaction. */
final class SessionCiphers {

  private static final String FIND =
      """
      select master_key_id, wrapped_key from session_key
      where project_id = :project and session_id = :session
      """;
  private static final String INSERT =
      """
      insert into session_key (project_id, session_id, master_key_id, wrapped_key)
      values (:project, :session, :masterKey, :wrapped)
      on conflict do nothing
      """;

  private final Jdbi jdbi;
  private final SessionKeys keys;

  SessionCiphers(Jdbi jdbi, SessionKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  /**
   * @return empty when the session has no recording, or was erased
   */
  Optional<SessionCipher> find(ProjectId project, SessionId session) {
    return jdbi.withHandle(handle -> stored(handle, project, session))
        .map(wrapped -> keys.open(project, session, wrapped));
  }

  /** The session's cipher; a new key when there is none yet, stored with the caller's commit. */
  SessionCipher obtain(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle -> {
          Optional<WrappedKey> known = stored(handle, project, session);
          if (known.isPresent()) {
            return keys.open(project, session, known.get());
          }
          SessionKeys.NewKey fresh = keys.mint(project, session);
          if (insert(handle, project, session, fresh.wrapped())) {
            return fresh.cipher();
          }
          // Another chunk of the same session came first: its key is the session's key.
          return keys.open(project, session, stored(handle, project, session).orElseThrow());
        });
  }

  private static Optional<WrappedKey> stored(Handle handle, ProjectId project, SessionId session) {
    return handle
        .createQuery(FIND)
        .bind("project", project)
        .bind("session", session)
        .map((row, context) -> new WrappedKey(row.getString(1), row.getBytes(2)))
        .findOne();
  }

  private static boolean insert(
      Handle handle, ProjectId project, SessionId session, WrappedKey key) {
    return handle
            .createUpdate(INSERT)
            .bind("project", project)
            .bind("session", session)
            .bind("masterKey", key.masterKeyId())
            .bind("wrapped", key.wrapped())
            .execute()
        == 1;
  }
}
