package dev.retrospec.sessions;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The markers of what failed in sessions. All methods take part in the caller's transaction. */
@ApplicationScoped
public class ErrorMarkers {

  private static final String ADD =
      """
      with added as (
        insert into error_marker
          (project_id, session_id, id, kind, subkind, cluster_key, hint, label, evidence, route,
           replay_offset_ms, error, request, element, client_fingerprint, fingerprint, noise,
           observed_at, release)
        select :project, :session, m.id, m.kind, m.subkind, m.cluster_key, m.hint, m.label,
               m.evidence, m.route, m.replay_offset_ms, m.error, m.request, m.element,
               coalesce(m.client_fingerprint, '[]'), m.fingerprint, m.noise, m.observed_at,
               (select release from session where project_id = :project and id = :session)
        from jsonb_to_recordset(cast(:markers as jsonb)) as m
          (id text, kind text, subkind text, cluster_key text, hint text, label text,
           evidence text, route text, replay_offset_ms bigint, error jsonb, request jsonb,
           element jsonb, client_fingerprint jsonb, fingerprint text, noise text,
           observed_at timestamptz)
        on conflict do nothing
        returning id, kind, subkind, noise),
      counted as (
        update session set
          marker_count = marker_count + (select count(*) from added),
          error_count = error_count
            + (select count(*) from added where kind in ('js_exception', 'api_error')
                 and noise is null),
          rage_count = rage_count + (select count(*) from added where subkind = 'rage_click'),
          dead_count = dead_count + (select count(*) from added where subkind = 'dead_click')
        where project_id = :project and id = :session and exists (select from added))
      select id from added
      """;

  private static final String OF_SESSION =
      """
      select id, session_id, cluster_key, label, evidence, replay_offset_ms, kind, subkind,
             observed_at, %s as error
      from error_marker
      where project_id = :project and session_id = :session
      order by replay_offset_ms, id
      """;

  /** What {@link #observedMarker} reads. */
  static final String OBSERVED_COLUMNS =
      """
      select id, kind, subkind, hint, label, evidence, route, replay_offset_ms,
             error::text as error, request::text as request, element::text as element,
             client_fingerprint::text as client_fingerprint, observed_at
      """;

  private static final String OBSERVED =
      OBSERVED_COLUMNS
          + """
      from error_marker
      where project_id = :project and session_id = :session and noise is null
      order by replay_offset_ms, id
      limit :limit
      """;

  private static final String ONE =
      OBSERVED_COLUMNS
          + """
      from error_marker
      where project_id = :project and session_id = :session and id = :marker
      """;

  private final Jdbi jdbi;

  @Inject
  public ErrorMarkers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ErrorMarkers() {
    this.jdbi = null;
  }

  /** A row of {@link #ADD}; the names are those of the columns. */
  private record Row(
      MarkerId id,
      String kind,
      @Nullable String subkind,
      ClusterKey cluster_key,
      @Nullable String hint,
      String label,
      @Nullable String evidence,
      String route,
      long replay_offset_ms,
      @Nullable ErrorDetail error,
      @Nullable RequestDetail request,
      @Nullable ElementDetail element,
      List<String> client_fingerprint,
      ClusterKey fingerprint,
      @Nullable String noise,
      Instant observed_at) {

    static Row of(ClusteredMarker clustered) {
      ObservedMarker marker = clustered.marker();
      return new Row(
          marker.id(),
          marker.kind().wireName(),
          marker.subkind(),
          clustered.key(),
          marker.hint(),
          marker.label(),
          marker.evidence(),
          marker.route(),
          marker.replayOffsetMs(),
          marker.error(),
          marker.request(),
          marker.element(),
          marker.fingerprint(),
          clustered.fingerprint(),
          clustered.noise(),
          marker.observedAt());
    }
  }

  /**
   * Adds the markers of a stored session, and counts them there. They are of the release that the
   * session is on now. A marker whose id the session has already is left as it is.
   *
   * @return the ids that were new
   */
  public Set<MarkerId> add(
      ProjectId project, SessionId session, Collection<ClusteredMarker> markers) {
    if (markers.isEmpty()) {
      return Set.of();
    }
    return jdbi.withHandle(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(ADD)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("markers", Json.write(markers.stream().map(Row::of).toList()))
                    .mapTo(MarkerId.class)
                    .list()));
  }

  /** The session's markers in the order of the replay, without what was thrown. */
  public List<ErrorMarker> of(ProjectId project, SessionId session) {
    return read(OF_SESSION.formatted("null"), project, session);
  }

  /** The same with what was thrown. */
  public List<ErrorMarker> inFull(ProjectId project, SessionId session) {
    return read(OF_SESSION.formatted("error::text"), project, session);
  }

  private List<ErrorMarker> read(String sql, ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("project", project)
                .bind("session", session)
                // By hand, because every answer to an ingest comes through here.
                .map(
                    (row, context) ->
                        new ErrorMarker(
                            new MarkerId(row.getString("id")),
                            new SessionId(row.getString("session_id")),
                            new ClusterKey(row.getString("cluster_key")),
                            row.getString("label"),
                            row.getString("evidence"),
                            row.getLong("replay_offset_ms"),
                            MarkerKind.fromWireName(row.getString("kind")),
                            row.getString("subkind"),
                            row.getTimestamp("observed_at").toInstant(),
                            detail(row.getString("error"), ErrorDetail.class)))
                .list());
  }

  /**
   * The first markers of the session as they were observed, with all that the browser told; without
   * those that are noise.
   */
  public List<ObservedMarker> observed(ProjectId project, SessionId session, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OBSERVED)
                .bind("project", project)
                .bind("session", session)
                .bind("limit", limit)
                .map((row, context) -> observedMarker(row))
                .list());
  }

  /** One of the session's markers, noise or not. */
  public Optional<ObservedMarker> find(ProjectId project, SessionId session, MarkerId marker) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ONE)
                .bind("project", project)
                .bind("session", session)
                .bind("marker", marker)
                .map((row, context) -> observedMarker(row))
                .findOne());
  }

  static ObservedMarker observedMarker(ResultSet row) throws SQLException {
    return new ObservedMarker(
        new MarkerId(row.getString("id")),
        MarkerKind.fromWireName(row.getString("kind")),
        row.getString("subkind"),
        row.getString("hint"),
        row.getString("label"),
        row.getString("evidence"),
        row.getString("route"),
        row.getLong("replay_offset_ms"),
        detail(row.getString("error"), ErrorDetail.class),
        detail(row.getString("request"), RequestDetail.class),
        detail(row.getString("element"), ElementDetail.class),
        List.of(Json.read(row.getString("client_fingerprint"), String[].class)),
        row.getTimestamp("observed_at").toInstant());
  }

  private static <T> @Nullable T detail(@Nullable String json, Class<T> type) {
    return json == null ? null : Json.read(json, type);
  }
}
