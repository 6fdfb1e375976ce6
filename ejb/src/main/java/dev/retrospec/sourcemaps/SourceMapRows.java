package dev.retrospec.sourcemaps;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.DebugId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes the rows of stored source maps. All methods take part in the caller's transaction. */
@ApplicationScoped
class SourceMapRows {

  private static final String SAME =
      """
      project_id = :project and (
        debug_id = :debugId
        or cast(:debugId as text) is null and debug_id is null and url = :url
          and releases[1] = :release)
      """;

  private static final String ADD =
      """
      insert into source_map
        (project_id, id, debug_id, url, file_name, releases, sha256, size_bytes, stored_bytes,
         sources, mappings, object_key, uploaded_at, last_seen_at)
      values
        (:project, :id, :debugId, :url, :fileName, array_remove(array[cast(:release as text)], null),
         :sha256, :size, :stored, :sources, :mappings, :key, :now, :now)
      """;

  /** Another content under the same name: a build that was made again. */
  private static final String REPLACE =
      """
      update source_map set url = coalesce(:url, url), file_name = coalesce(nullif(:fileName, ''),
        file_name), releases = case when cast(:release as text) is null or :release = any(releases)
          then releases else releases || cast(:release as text) end,
        sha256 = :sha256, size_bytes = :size, stored_bytes = :stored, sources = :sources,
        mappings = :mappings, object_key = :key, uploaded_at = :now, last_seen_at = :now
      where project_id = :project and id = :id
      """;

  private static final String AGAIN =
      """
      update source_map set url = coalesce(:url, url), file_name = coalesce(nullif(:fileName, ''),
        file_name), releases = case when cast(:release as text) is null or :release = any(releases)
          then releases else releases || cast(:release as text) end,
        uploaded_at = case when cast(:release as text) is null or :release = any(releases)
          then uploaded_at else :now end,
        last_seen_at = :now
      where project_id = :project and id = :id
      """;

  private static final String DELETE_RELEASE =
      """
      with gone as (
        delete from source_map
        where project_id = :project and releases = array[cast(:release as text)]
        returning object_key),
      left_out as (
        update source_map set releases = array_remove(releases, :release)
        where project_id = :project and :release = any(releases)
          and releases <> array[cast(:release as text)])
      select object_key from gone
      """;

  private final Jdbi jdbi;

  @Inject
  SourceMapRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMapRows() {
    this(null);
  }

  /** A row as the upload needs it. */
  record Stored(SourceMapId id, ContentHash sha256, ArtifactKey objectKey) {}

  /** What a map consists of, and where its object is. */
  record Content(
      ContentHash sha256,
      long sizeBytes,
      long storedBytes,
      int sources,
      int mappings,
      ArtifactKey objectKey) {}

  /** What a project's maps take together. */
  record Room(int maps, long storedBytes) {}

  /** Uploads of one project come one after the other from here to the end of the transaction. */
  void lock(ProjectId project) {
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select pg_advisory_xact_lock(hashtextextended(:name, 45))::text")
                .bind("name", project.value())
                .mapTo(String.class)
                .list());
  }

  /** The map that one of this name would take the place of. */
  Optional<Stored> same(ProjectId project, NewSourceMap told) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id, sha256, object_key from source_map where " + SAME)
                .bind("project", project)
                .bind("debugId", idOf(told))
                .bind("url", told.path())
                .bind("release", told.release())
                .map(
                    (row, context) ->
                        new Stored(
                            new SourceMapId(row.getString("id")),
                            ContentHash.ofBytes(row.getBytes("sha256")),
                            new ArtifactKey(row.getString("object_key"))))
                .findOne());
  }

  Room room(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*)::int as maps, coalesce(sum(stored_bytes), 0)::bigint as"
                        + " stored_bytes from source_map where project_id = :project")
                .bind("project", project)
                .map((row, context) -> new Room(row.getInt("maps"), row.getLong("stored_bytes")))
                .one());
  }

  void add(ProjectId project, SourceMapId id, NewSourceMap told, Content content, Instant now) {
    write(ADD, project, id, told, content, now);
  }

  void replace(ProjectId project, SourceMapId id, NewSourceMap told, Content content, Instant now) {
    write(REPLACE, project, id, told, content, now);
  }

  private void write(
      String sql,
      ProjectId project,
      SourceMapId id,
      NewSourceMap told,
      Content content,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bind("id", id.value())
                .bind("debugId", idOf(told))
                .bind("url", told.path())
                .bind("fileName", told.fileName())
                .bind("release", told.release())
                .bind("sha256", content.sha256.bytes())
                .bind("size", content.sizeBytes)
                .bind("stored", content.storedBytes)
                .bind("sources", content.sources)
                .bind("mappings", content.mappings)
                .bind("key", content.objectKey.value())
                .bind("now", now)
                .execute());
  }

  /** The same content once more; it may be part of another release now. */
  void again(ProjectId project, SourceMapId id, NewSourceMap told, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(AGAIN)
                .bind("project", project)
                .bind("id", id.value())
                .bind("url", told.path())
                .bind("fileName", told.fileName())
                .bind("release", told.release())
                .bind("now", now)
                .execute());
  }

  /** Forgets one; the object under the key is the caller's. */
  Optional<ArtifactKey> delete(ProjectId project, SourceMapId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "delete from source_map where project_id = :project and id = :id"
                        + " returning object_key")
                .bind("project", project)
                .bind("id", id.value())
                .mapTo(ArtifactKey.class)
                .findOne());
  }

  /** Forgets what is part of this release only; the objects are the caller's. */
  List<ArtifactKey> deleteRelease(ProjectId project, String release) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DELETE_RELEASE)
                .bind("project", project)
                .bind("release", release)
                .mapTo(ArtifactKey.class)
                .list());
  }

  /** Forgets what nothing was seen of since; the objects are the caller's. */
  List<ArtifactKey> deleteUnseen(Instant before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    delete from source_map where (project_id, id) in (
                      select project_id, id from source_map where last_seen_at < :before
                      limit :limit)
                    returning object_key""")
                .bind("before", before)
                .bind("limit", limit)
                .mapTo(ArtifactKey.class)
                .list());
  }

  Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select object_key from source_map where object_key = any(:keys)")
                .bindArray("keys", String.class, keys.stream().map(ArtifactKey::value).toList())
                .mapTo(ArtifactKey.class)
                .collect(Collectors.toSet()));
  }

  private static @Nullable String idOf(NewSourceMap told) {
    DebugId id = told.debugId();
    return id == null ? null : id.value();
  }
}
