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

  /**
   * Of one project on one day (UTC); the last request may go beyond. Whoever throws more has told
   * enough.
   */
  public static final long MAX_BYTES_A_DAY = 128L * 1024 * 1024;

  /**
   * What a row takes beside its texts, with its indexes and with what it takes to delete it: no day
   * has more than some 100,000.
   */
  private static final int ROW_BYTES = 1_300;

  private static final String DAY = "cast(cast(:now as timestamptz) at time zone 'UTC' as date)";

  private static final String ADD =
      """
      with added as (
        insert into server_error
          (project_id, correlation_id, at, method, path, type, message, stack, created_at)
        select :project, e."correlationId", e.at, e.method, e.path, e.type, e.message, e.stack, :now
        from jsonb_to_recordset(cast(:errors as jsonb)) as e
          ("correlationId" text, at timestamptz, method text, path text, type text,
           message text, stack text)
        on conflict do nothing
        returning :row + octet_length(
          concat(correlation_id, method, path, type, message, stack)) as bytes),
      counted as (
        insert into server_error_day as d (project_id, day, bytes)
        select :project, %s, sum(bytes) from added having count(*) > 0
        on conflict (project_id, day) do update set bytes = d.bytes + excluded.bytes)
      select count(*) from added
      """
          .formatted(DAY);

  /** Of errors, those behind an answer that a session kept. */
  private static final String IS_SEEN =
      """
      (exists (select from session_event v where v.project_id = e.project_id
         and v.kind = 'network' and v.data ->> 'correlationId' = e.correlation_id%1$s)
       or exists (select from error_marker v where v.project_id = e.project_id
         and v.request ->> 'correlationId' = e.correlation_id%1$s))
      """;

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

  /** Whether the project has room for more today. */
  public boolean hasRoom(ProjectId project, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select not exists (select from server_error_day where project_id = :project"
                        + " and day = "
                        + DAY
                        + " and bytes >= :max)")
                .bind("project", project)
                .bind("now", now)
                .bind("max", MAX_BYTES_A_DAY)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Stores errors and counts what they take; the first of an answer stays.
   *
   * @return how many were new
   */
  public int add(ProjectId project, List<ServerError> errors, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ADD)
                .bind("project", project)
                .bind("errors", Json.write(errors))
                .bind("row", ROW_BYTES)
                .bind("now", now)
                .mapTo(Integer.class)
                .one());
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

  /**
   * Forgets what stands behind answers of these sessions, while they still say which; what another
   * session names, too, stays with that one.
   */
  void delete(ProjectId project, Set<SessionId> sessions) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from server_error e where project_id = :project and correlation_id in ("
                        + SEEN_IN_SESSIONS
                        + ") and not "
                        + IS_SEEN.formatted(" and v.session_id <> all(:sessions)"))
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute());
  }

  /** Forgets what was told before that time. */
  void deleteBefore(Instant before) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate("delete from server_error where created_at < :before")
              .bind("before", before)
              .execute();
          handle
              .createUpdate(
                  "delete from server_error_day"
                      + " where day < cast(cast(:before as timestamptz) at time zone 'UTC' as date)")
              .bind("before", before)
              .execute();
        });
  }

  /** Forgets what was told before that time and no session names. */
  void deleteUnseenBefore(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from server_error e where created_at < :before and not "
                        + IS_SEEN.formatted(""))
                .bind("before", before)
                .execute());
  }
}
