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

  private static final String OF_BUILDS =
      READ
          + """
             and (m.session_id, m.id) > (:session, :id)
            and (coalesce(m.release, s.release) = any(:releases) or exists (
              select from jsonb_each_text(m.error -> 'debugIds') as told
              where told.value = any(:debugIds)))
          order by m.session_id, m.id
          limit :limit
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
