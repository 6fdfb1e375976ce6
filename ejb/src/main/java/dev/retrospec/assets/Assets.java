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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Contents and their use. All methods take part in the caller's transaction. */
@ApplicationScoped
public class Assets {

  private static final String USE =
      """
      insert into session_asset (project_id, session_id, url, sha256, created_at)
      select :project, :session, u.url, decode(u.sha256, 'hex'), :now
      from unnest(:urls, :hashes) as u(url, sha256)
      where not is_erased_session(:project, :session)
        and (select count(*) from session_asset
             where project_id = :project and session_id = :session) < :limit
      on conflict do nothing
      """;

  /** Touched first: what the sweep is about to delete is missing, or it is not deleted. */
  private static final String TOUCH =
      """
      update asset set last_seen_at = greatest(last_seen_at, :now)
      where project_id = :project and sha256 = any(
        select decode(h, 'hex') from unnest(:hashes) as h)
      returning sha256
      """;

  private static final String ADD =
      """
      insert into asset (project_id, sha256, media_type, size_bytes, object_key, last_seen_at)
      values (:project, :sha256, :mediaType, :size, :key, :now)
      on conflict (project_id, sha256) do nothing
      """;

  private static final String OF_SESSION =
      """
      select u.url, encode(u.sha256, 'hex') as sha256
      from session_asset u
      join asset a using (project_id, sha256)
      where u.project_id = :project and u.session_id = :session
      order by u.url
      """;

  private static final String FIND =
      """
      select media_type, object_key from asset a
      where project_id = :project and sha256 = :sha256 and exists (
        select from session_asset u
        where u.project_id = a.project_id and u.sha256 = a.sha256 and u.session_id = :session)
      """;

  private static final String DELETE_UNUSED =
      """
      delete from asset a
      where (project_id, sha256) in (
          select b.project_id, b.sha256 from asset b
          where b.last_seen_at < :before and not exists (
            select from session_asset u
            where u.project_id = b.project_id and u.sha256 = b.sha256)
          limit :limit)
        and last_seen_at < :before
      returning object_key
      """;

  /** Of sessions that never came: a recorder told of contents, and its chunks were refused. */
  private static final String DELETE_STRAY_USES =
      """
      delete from session_asset u
      where created_at < :before and not exists (
        select from session s where s.project_id = u.project_id and s.id = u.session_id)
      """;

  private final Jdbi jdbi;

  @Inject
  public Assets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Assets() {
    this(null);
  }

  /**
   * Remembers what a session's pages showed; the first content of an address stays. Without effect
   * for a session that was erased, or that has told of {@code limit} already.
   *
   * @return those of the contents that are here
   */
  public Set<ContentHash> use(
      ProjectId project, SessionId session, List<AssetUse> uses, int limit, Instant now) {
    String[] hashes = uses.stream().map(use -> use.sha256().hex()).toArray(String[]::new);
    return jdbi.withHandle(
        handle -> {
          handle
              .createUpdate(USE)
              .bind("project", project)
              .bind("session", session)
              .bindArray("urls", String.class, uses.stream().map(AssetUse::url).toList())
              .bindArray("hashes", String.class, (Object[]) hashes)
              .bind("limit", limit)
              .bind("now", now)
              .execute();
          return handle
              .createQuery(TOUCH)
              .bind("project", project)
              .bindArray("hashes", String.class, (Object[]) hashes)
              .bind("now", now)
              .map((row, context) -> ContentHash.ofBytes(row.getBytes(1)))
              .collect(Collectors.toSet());
        });
  }

  /** Bytes of all contents of the project. */
  public long sizeBytes(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select coalesce(sum(size_bytes), 0) from asset where project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one());
  }

  /** Whether a session has told that it showed this content. */
  public boolean isUsed(ProjectId project, SessionId session, ContentHash hash) {
    return jdbi.withHandle(
        handle ->
            bindContent(
                    handle.createQuery(
                        """
                        select exists (select from session_asset where project_id = :project
                          and session_id = :session and sha256 = :sha256)"""),
                    project,
                    hash)
                .bind("session", session)
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
            bindContent(handle.createUpdate(ADD), project, hash)
                    .bind("mediaType", type.mediaType())
                    .bind("size", sizeBytes)
                    .bind("key", key.value())
                    .bind("now", now)
                    .execute()
                == 1);
  }

  /** What a session's pages showed and what is here. */
  public List<AssetUse> of(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF_SESSION)
                .bind("project", project)
                .bind("session", session)
                .map(
                    (row, context) ->
                        new AssetUse(
                            row.getString("url"), new ContentHash(row.getString("sha256"))))
                .list());
  }

  /** A content that this session showed; empty when it did not, or when it is not here. */
  public Optional<StoredAsset> find(ProjectId project, SessionId session, ContentHash hash) {
    return jdbi.withHandle(
        handle ->
            bindContent(handle.createQuery(FIND), project, hash)
                .bind("session", session)
                .map(
                    (row, context) ->
                        new StoredAsset(
                            row.getString("media_type"),
                            new ArtifactKey(row.getString("object_key"))))
                .findOne());
  }

  void deleteUses(ProjectId project, Collection<SessionId> sessions) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from session_asset"
                        + " where project_id = :project and session_id = any(:sessions)")
                .bind("project", project)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute());
  }

  void deleteStrayUses(Instant before) {
    jdbi.useHandle(
        handle -> handle.createUpdate(DELETE_STRAY_USES).bind("before", before).execute());
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

  private static <S extends SqlStatement<S>> S bindContent(
      S statement, ProjectId project, ContentHash hash) {
    return statement.bind("project", project).bind("sha256", hash.bytes());
  }
}
