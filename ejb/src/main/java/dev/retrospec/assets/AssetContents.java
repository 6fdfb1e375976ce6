package dev.retrospec.assets;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * What is kept, each content once for a project, and how much that is. All methods take part in the
 * caller's transaction.
 */
@ApplicationScoped
public class AssetContents {

  private static final String ADD =
      """
      with added as (
        insert into asset (project_id, sha256, media_type, size_bytes, object_key, last_seen_at)
        values (:project, :sha256, :mediaType, :size, :key, :now)
        on conflict (project_id, sha256) do nothing
        returning size_bytes)
      insert into asset_room as r (project_id, bytes, contents)
      select :project, size_bytes, 1 from added
      on conflict (project_id) do update
        set bytes = r.bytes + excluded.bytes, contents = r.contents + 1
      """;

  private static final String DELETE_UNUSED =
      """
      with gone as (
        delete from asset a
        where (project_id, sha256) in (
            select b.project_id, b.sha256 from asset b
            where b.last_seen_at < :before and not exists (
              select from session_asset u
              where u.project_id = b.project_id and u.sha256 = b.sha256)
            limit :limit)
          and last_seen_at < :before
        returning project_id, size_bytes, object_key),
      freed as (
        update asset_room r set bytes = r.bytes - g.bytes, contents = r.contents - g.contents
        from (select project_id, sum(size_bytes) as bytes, count(*) as contents
              from gone group by project_id) as g
        where r.project_id = g.project_id)
      select object_key from gone
      """;

  /** What only these sessions show. */
  private static final String DELETE_OF =
      """
      with gone as (
        delete from asset a
        where project_id = :project and sha256 in (
            select u.sha256 from session_asset u
            where u.project_id = :project and u.session_id = any(:sessions))
          and not exists (
            select from session_asset o
            where o.project_id = :project and o.sha256 = a.sha256
              and o.session_id <> all(:sessions))
        returning size_bytes, object_key),
      freed as (
        update asset_room set
          bytes = bytes - (select coalesce(sum(size_bytes), 0) from gone),
          contents = contents - (select count(*) from gone)
        where project_id = :project)
      select object_key from gone
      """;

  private final Jdbi jdbi;

  @Inject
  public AssetContents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AssetContents() {
    this(null);
  }

  /** Whether the project may keep one more content. */
  public boolean hasRoom(ProjectId project, int sizeBytes, long maxBytes, int maxContents) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select not exists (
                      select from asset_room where project_id = :project
                        and (bytes + :size > :maxBytes or contents >= :maxContents))""")
                .bind("project", project)
                .bind("size", sizeBytes)
                .bind("maxBytes", maxBytes)
                .bind("maxContents", maxContents)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * @return false when somebody else was faster: then the object under this key is nobody's
   */
  public boolean add(
      ProjectId project,
      ContentHash hash,
      AssetType type,
      int sizeBytes,
      ArtifactKey key,
      Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(ADD)
                    .bind("project", project)
                    .bind("sha256", hash.bytes())
                    .bind("mediaType", type.mediaType())
                    .bind("size", sizeBytes)
                    .bind("key", key.value())
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** Forgets contents that no other session shows; the objects under the keys are the caller's. */
  List<ArtifactKey> deleteOf(ProjectId project, Collection<SessionId> sessions) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DELETE_OF)
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .mapTo(ArtifactKey.class)
                .list());
  }

  /**
   * Forgets contents that no session shows any more; the objects under the keys are the caller's.
   */
  List<ArtifactKey> deleteUnused(Instant before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DELETE_UNUSED)
                .bind("before", before)
                .bind("limit", limit)
                .mapTo(ArtifactKey.class)
                .list());
  }

  Set<ArtifactKey> known(Set<ArtifactKey> keys) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select object_key from asset where object_key = any(:keys)")
                .bindArray("keys", String.class, keys.stream().map(ArtifactKey::value).toList())
                .mapTo(ArtifactKey.class)
                .collect(Collectors.toSet()));
  }
}
