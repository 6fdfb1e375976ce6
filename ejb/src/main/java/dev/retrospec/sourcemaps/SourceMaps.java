package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The rows of stored source maps. All methods take part in the caller's transaction. */
@ApplicationScoped
public class SourceMaps {

  /** Far less than any retention, so that a row is written once a day at most. */
  static final Duration FRESH = Duration.ofDays(1);

  private static final String COLUMNS =
      """
      id, debug_id, url, releases, size_bytes, stored_bytes, sources, mappings, uploaded_at,
      last_seen_at""";

  /** Of several uploads of one address the latest. */
  private static final String COVERING =
      """
      select id, debug_id, url, releases, object_key from source_map
      where project_id = :project and (
        debug_id = any(:debugIds)
        or cast(:release as text) is not null and file_name = any(:fileNames)
          and :release = any(releases))
      order by uploaded_at desc, id
      limit 500
      """;

  private static final String RELEASES =
      """
      select r.release, count(*)::int as maps, sum(m.size_bytes)::bigint as size_bytes,
        sum(m.stored_bytes)::bigint as stored_bytes, max(m.uploaded_at) as uploaded_at,
        max(m.last_seen_at) as last_seen_at
      from source_map m
      left join lateral unnest(m.releases) as r(release) on true
      where m.project_id = :project
      group by r.release
      order by max(m.uploaded_at) desc, r.release
      limit :limit
      """;

  private static final RowMapper<SourceMapView> VIEW =
      (row, context) ->
          new SourceMapView(
              new SourceMapId(row.getString("id")),
              debugId(row),
              row.getString("url"),
              texts(row),
              row.getLong("size_bytes"),
              row.getLong("stored_bytes"),
              row.getInt("sources"),
              row.getInt("mappings"),
              row.getTimestamp("uploaded_at").toInstant(),
              row.getTimestamp("last_seen_at").toInstant());

  private final Jdbi jdbi;

  @Inject
  public SourceMaps(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMaps() {
    this(null);
  }

  public Optional<SourceMapView> find(ProjectId project, SourceMapId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from source_map where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id.value())
                .map(VIEW)
                .findOne());
  }

  /** Newest first. */
  public Page<SourceMapView> list(
      ProjectId project, @Nullable String release, @Nullable Cursor after, int limit) {
    String sql =
        "select "
            + COLUMNS
            + " from source_map where project_id = :project"
            + (release == null ? "" : " and :release = any(releases)")
            + (after == null ? "" : " and (uploaded_at, id) < (:at, :id)")
            + " order by uploaded_at desc, id desc limit :limit";
    List<SourceMapView> rows =
        jdbi.withHandle(
            handle -> {
              var query = handle.createQuery(sql).bind("project", project).bind("limit", limit + 1);
              if (release != null) {
                query.bind("release", release);
              }
              if (after != null) {
                query.bind("at", after.at()).bind("id", after.id());
              }
              return query.map(VIEW).list();
            });
    return Page.of(rows, limit, row -> new Cursor(row.uploadedAt(), row.id().value()).encoded());
  }

  /** The releases with maps, the latest upload first. */
  public List<ReleaseMaps> releases(ProjectId project, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RELEASES)
                .bind("project", project)
                .bind("limit", limit)
                .map(ConstructorMapper.of(ReleaseMaps.class))
                .list());
  }

  /** Whether the project has any. */
  boolean any(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from source_map where project_id = :project)")
                .bind("project", project)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Maps that a stack's scripts may have, the latest upload first.
   *
   * @param fileNames of the scripts; looked for within the release
   */
  public List<CoveringMap> covering(
      ProjectId project,
      Collection<String> debugIds,
      @Nullable String release,
      Collection<String> fileNames) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COVERING)
                .bind("project", project)
                .bindArray("debugIds", String.class, List.copyOf(debugIds))
                .bind("release", release)
                .bindArray("fileNames", String.class, List.copyOf(fileNames))
                .map(
                    (row, context) ->
                        new CoveringMap(
                            new SourceMapId(row.getString("id")),
                            debugId(row),
                            row.getString("url"),
                            texts(row),
                            new ArtifactKey(row.getString("object_key"))))
                .list());
  }

  /** The debug ids and releases of what was uploaded since. */
  public Arrived arrivedSince(ProjectId project, Instant since) {
    return jdbi.withHandle(
        handle -> {
          List<SourceMapView> rows =
              handle
                  .createQuery(
                      "select "
                          + COLUMNS
                          + " from source_map where project_id = :project"
                          + " and uploaded_at >= :since")
                  .bind("project", project)
                  .bind("since", since)
                  .map(VIEW)
                  .list();
          return new Arrived(
              rows.stream()
                  .flatMap(row -> Optional.ofNullable(row.debugId()).stream())
                  .map(DebugId::value)
                  .collect(Collectors.toSet()),
              rows.stream().flatMap(row -> row.releases().stream()).collect(Collectors.toSet()));
        });
  }

  /** What maps have come for. */
  public record Arrived(Set<String> debugIds, Set<String> releases) {}

  /** Remembers that these are of use. */
  public void seen(ProjectId project, Collection<SourceMapId> maps, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update source_map set last_seen_at = :now where project_id = :project"
                        + " and id = any(:ids) and last_seen_at < :fresh")
                .bind("project", project)
                .bindArray("ids", String.class, maps.stream().map(SourceMapId::value).toList())
                .bind("now", now)
                .bind("fresh", now.minus(FRESH))
                .execute());
  }

  /** Remembers that somebody visits this release. */
  void seen(ProjectId project, String release, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update source_map set last_seen_at = :now where project_id = :project"
                        + " and :release = any(releases) and last_seen_at < :fresh")
                .bind("project", project)
                .bind("release", release)
                .bind("now", now)
                .bind("fresh", now.minus(FRESH))
                .execute());
  }

  private static @Nullable DebugId debugId(ResultSet row) throws SQLException {
    String id = row.getString("debug_id");
    return id == null ? null : new DebugId(id);
  }

  private static List<String> texts(ResultSet row) throws SQLException {
    return List.of((String[]) row.getArray("releases").getArray());
  }
}
