package dev.retrospec.servererrors;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The errors of customers' servers. All methods take part in the caller's transaction. */
@ApplicationScoped
public class ServerErrors {

  /** A page that fails this often in one session fails in a loop. */
  private static final int MAX_OF_SESSION = 200;

  /** The ids of all answers that these sessions kept. */
  private static final String SEEN_IN_SESSIONS =
      """
      select m.request ->> 'correlationId' from error_marker m
      where m.project_id = :project and m.session_id = any(:sessions)
      union
      select e.data ->> 'correlationId' from session_event e
      where e.project_id = :project and e.session_id = any(:sessions) and e.kind = 'network'
      """;

  private final Jdbi jdbi;

  @Inject
  public ServerErrors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ServerErrors() {
    this(null);
  }

  /**
   * Stores errors; the first of an answer stays.
   *
   * @return how many were new
   */
  public int add(ProjectId project, List<ServerError> errors, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into server_error
                      (project_id, correlation_id, at, method, path, type, message, stack,
                       created_at)
                    select :project, e."correlationId", e.at, e.method, e.path, e.type, e.message,
                           e.stack, :now
                    from jsonb_to_recordset(cast(:errors as jsonb)) as e
                      ("correlationId" text, at timestamptz, method text, path text, type text,
                       message text, stack text)
                    on conflict do nothing
                    """)
                .bind("project", project)
                .bind("errors", Json.write(errors))
                .bind("now", now)
                .execute());
  }

  /** What was thrown behind answers that this session's pages got, the oldest first. */
  public List<ServerError> of(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select correlation_id, at, method, path, type, message, stack
                    from server_error
                    where project_id = :project and correlation_id in (%s)
                    order by at, correlation_id
                    limit :limit
                    """
                        .formatted(SEEN_IN_SESSIONS))
                .bind("project", project)
                .bindArray("sessions", String.class, List.of(session.value()))
                .bind("limit", MAX_OF_SESSION)
                .map(ConstructorMapper.of(ServerError.class))
                .list());
  }

  /** Forgets what stands behind answers of these sessions, while they still say which. */
  void delete(ProjectId project, Set<SessionId> sessions) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from server_error where project_id = :project and correlation_id in ("
                        + SEEN_IN_SESSIONS
                        + ")")
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute());
  }

  /** Forgets what was told before that time. */
  void deleteBefore(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from server_error where created_at < :before")
                .bind("before", before)
                .execute());
  }
}
