package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
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

  /**
   * One statement for a new session's first chunk and for all others. The lock keeps a cleanup from
   * deleting the key while a chunk is on its way that only this key would open.
   */
  private static final String OBTAIN =
      """
      with known as (
        select master_key_id, wrapped_key from session_key
        where project_id = :project and session_id = :session
        for key share),
      made as (
        insert into session_key (project_id, session_id, master_key_id, wrapped_key)
        select :project, :session, :masterKey, :wrapped where not exists (select from known)
        on conflict do nothing
        returning master_key_id, wrapped_key)
      select * from known union all select * from made
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
    SessionKeys.NewKey fresh = keys.mint(project, session);
    WrappedKey stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(OBTAIN)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("masterKey", fresh.wrapped().masterKeyId())
                    .bind("wrapped", fresh.wrapped().wrapped())
                    .map((row, context) -> key(row))
                    .findOne()
                    // Another chunk of the same session came first while this one looked.
                    .orElseGet(() -> stored(handle, project, session).orElseThrow()));
    return Arrays.equals(stored.wrapped(), fresh.wrapped().wrapped())
        ? fresh.cipher()
        : keys.open(project, session, stored);
  }

  private static Optional<WrappedKey> stored(Handle handle, ProjectId project, SessionId session) {
    return handle
        .createQuery(FIND)
        .bind("project", project)
        .bind("session", session)
        .map((row, context) -> key(row))
        .findOne();
  }

  private static WrappedKey key(ResultSet row) throws SQLException {
    return new WrappedKey(row.getString(1), row.getBytes(2));
  }
}
