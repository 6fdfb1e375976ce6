package dev.retrospec.sessions;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The stacks of stored markers, and what source maps made of them. */
@ApplicationScoped
public class MarkerStacks {

  private static final String READ =
      """
      select m.session_id, m.id, coalesce(m.release, s.release) as release, m.error::text as error
      from error_marker m
      join session s on s.project_id = m.project_id and s.id = m.session_id
      where m.project_id = :project and m.error ->> 'stack' is not null
      """;

  private static final String THESE = READ + " and m.session_id = :session and m.id = any(:ids)";

  /**
   * Three ways to the same, each with an index of its own: by the scripts in the stack, by the
   * release that the failure was told with, by that of its session. "offset 0" keeps each to its
   * index: plans are made without the values (record 13), and one that follows the primary key for
   * the order's sake would read all markers of the project.
   */
  private static final String OF_BUILDS =
      """
      with found as materialized (
        (select one.session_id, one.id from (
          select m.session_id, m.id from error_marker m
          where m.project_id = :project and marker_debug_ids(m.error) is not null
            and marker_debug_ids(m.error) && cast(:debugIds as text[])
            and m.error ->> 'stack' is not null and (m.session_id, m.id) > (:session, :id)
          offset 0) one
        order by one.session_id, one.id limit :limit)
        union
        (select one.* from unnest(:releases) as r(release)
        cross join lateral (
          select m.session_id, m.id from error_marker m
          where m.project_id = :project and m.error is not null and m.release = r.release
            and m.error ->> 'stack' is not null and (m.session_id, m.id) > (:session, :id)
          order by m.session_id, m.id limit :limit) one)
        union
        (select one.* from unnest(:releases) as r(release)
        cross join lateral (
          select m.session_id, m.id from (
            select s.id from session s
            where s.project_id = :project and s.release = r.release and s.id >= :session
            order by s.id offset 0) s
          cross join lateral (
            select m.session_id, m.id from error_marker m
            where m.project_id = :project and m.session_id = s.id and m.release is null
              and m.error ->> 'stack' is not null and (m.session_id, m.id) > (:session, :id)
            offset 0) m
          order by s.id, m.id limit :limit) one)
        order by session_id, id limit :limit)
      select one.* from found
      cross join lateral (
      """
          + READ
          + """
           and m.session_id = found.session_id and m.id = found.id
        offset 0) one
      order by one.session_id, one.id
      """;

  private static final String TELL =
      """
      update error_marker m set error = m.error || jsonb_strip_nulls(
        jsonb_build_object('originalStack', n.stack, 'originalCause', n.cause))
      from unnest(:sessions, :ids, :stacks, :causes) as n(session_id, id, stack, cause)
      where m.project_id = :project and m.session_id = n.session_id and m.id = n.id
      """;

  private final Jdbi jdbi;

  @Inject
  public MarkerStacks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MarkerStacks() {
    this(null);
  }

  /**
   * A marker's stack and what says of which build it is.
   *
   * @param error has a stack
   */
  public record MarkerStack(
      SessionId session, MarkerId id, @Nullable String release, ErrorDetail error) {}

  /** What source maps made of a marker's stack and of its cause's; null leaves what is there. */
  public record Original(
      SessionId session, MarkerId id, @Nullable String stack, @Nullable String cause) {}

  /** Those of the session that have these ids and a stack. */
  public List<MarkerStack> of(ProjectId project, SessionId session, Collection<MarkerId> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(THESE)
                .bind("project", project)
                .bind("session", session)
                .bindArray("ids", String.class, ids.stream().map(MarkerId::value).toList())
                .map(MarkerStacks::stack)
                .list());
  }

  /**
   * Markers of builds, in the order of session and id.
   *
   * @param afterSession and {@code afterId} the last one of before; empty strings begin
   */
  public List<MarkerStack> ofBuilds(
      ProjectId project,
      Collection<String> debugIds,
      Collection<String> releases,
      String afterSession,
      String afterId,
      int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF_BUILDS)
                .bind("project", project)
                .bindArray("debugIds", String.class, List.copyOf(debugIds))
                .bindArray("releases", String.class, List.copyOf(releases))
                .bind("session", afterSession)
                .bind("id", afterId)
                .bind("limit", limit)
                .map(MarkerStacks::stack)
                .list());
  }

  /** Writes originals beside the browser's own stacks. One statement, however many. */
  public void tell(ProjectId project, List<Original> originals) {
    if (originals.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TELL)
                .bind("project", project)
                .bindArray(
                    "sessions",
                    String.class,
                    originals.stream().map(it -> it.session.value()).toList())
                .bindArray(
                    "ids", String.class, originals.stream().map(it -> it.id.value()).toList())
                .bindArray("stacks", String.class, originals.stream().map(Original::stack).toList())
                .bindArray("causes", String.class, originals.stream().map(Original::cause).toList())
                .execute());
  }

  private static MarkerStack stack(ResultSet row, StatementContext context) throws SQLException {
    return new MarkerStack(
        new SessionId(row.getString("session_id")),
        new MarkerId(row.getString("id")),
        row.getString("release"),
        Json.read(row.getString("error"), ErrorDetail.class));
  }
}
