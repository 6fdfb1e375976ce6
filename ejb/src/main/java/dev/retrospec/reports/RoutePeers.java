package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;

/**
 * How requests go in sessions of the same route in which nothing failed: what is different there
 * tells more of a cause than what happened here.
 */
@ApplicationScoped
public class RoutePeers {

  /** Enough to tell a rule from an accident, few enough to be asked for each card. */
  static final int MAX_SESSIONS = 30;

  /** Among the newest of a project a route that is visited at all is found. */
  private static final int MAX_LOOKED_AT = 2_000;

  private static final String ANSWERED =
      """
      with newest as (
        select id, route, marker_count from session
        where project_id = :project
        order by created_at desc limit :looked),
      peer as (
        select id from newest
        where route = :route and id <> :session
          and (marker_count = 0 or not exists (
            select from error_marker m
            where m.project_id = :project and m.session_id = newest.id and m.noise is null))
        limit :sessions),
      answer as (
        select e.session_id,
          bool_or((e.data ->> 'status')::numeric between 1 and 399) as well,
          bool_or((e.data ->> 'status')::numeric not between 1 and 399) as badly
        from peer
        join session_event e on e.project_id = :project and e.session_id = peer.id
        where e.kind = 'network' and e.data ->> 'method' = :method
          and regexp_replace(split_part(e.data ->> 'url', '?', 1), '^[a-z]+://[^/]+', '') = :path
          and jsonb_typeof(e.data -> 'status') = 'number'
        group by e.session_id)
      select (select count(*) from peer) as sessions,
        (select count(*) from answer where well) as well,
        (select count(*) from answer where badly) as badly
      """;

  private final Jdbi jdbi;

  @Inject
  public RoutePeers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RoutePeers() {
    this(null);
  }

  /**
   * What became of a request.
   *
   * @param sessions healthy ones of the route that were looked at, at most {@value #MAX_SESSIONS}
   * @param well in how many it was answered below 400
   * @param badly in how many it failed at least once
   */
  public record Answered(int sessions, int well, int badly) {}

  /**
   * Among the newest sessions of the project.
   *
   * @param route of the session, as it is stored
   * @param path without host and query
   */
  public Answered answered(
      ProjectId project, String route, SessionId except, String method, String path) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ANSWERED)
                .bind("project", project)
                .bind("route", route)
                .bind("session", except)
                .bind("method", method)
                .bind("path", path)
                .bind("looked", MAX_LOOKED_AT)
                .bind("sessions", MAX_SESSIONS)
                .map(
                    (row, context) ->
                        new Answered(
                            row.getInt("sessions"), row.getInt("well"), row.getInt("badly")))
                .one());
  }
}
