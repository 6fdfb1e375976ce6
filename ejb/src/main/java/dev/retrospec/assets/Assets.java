package dev.retrospec.assets;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** What sessions showed. All methods take part in the caller's transaction. */
@ApplicationScoped
public class Assets {

  /** Beyond the limit only what shows that an address of before has another content, too. */
  private static final String USE =
      """
      insert into session_asset (project_id, session_id, url, sha256, created_at)
      select :project, :session, u.url, decode(u.sha256, 'hex'), :now
      from unnest(:urls, :hashes) as u(url, sha256)
      cross join lateral (
        select count(*) as n from session_asset a
        where a.project_id = :project and a.session_id = :session and a.url = u.url) as known
      where not is_erased_session(:project, :session)
        and (known.n = 1 or known.n = 0 and (
          select count(*) from session_asset
          where project_id = :project and session_id = :session) < :limit)
      order by u.url, u.sha256
      on conflict do nothing
      """;

  /**
   * Written once a day, because every visitor of a page comes by here. What the sweep is about to
   * delete is locked, and so it is missing.
   */
  private static final String SEE =
      """
      with old as (
        select sha256 from asset
        where project_id = :project and sha256 = any(
            select decode(h, 'hex') from unnest(:hashes) as h)
          and last_seen_at < :fresh
        order by sha256 for update skip locked),
      seen as (
        update asset a set last_seen_at = :now from old
        where a.project_id = :project and a.sha256 = old.sha256
        returning a.sha256)
      select sha256 from seen
      union all
      select sha256 from asset
      where project_id = :project and last_seen_at >= :fresh and sha256 = any(
        select decode(h, 'hex') from unnest(:hashes) as h)
      """;

  private static final String SHOWN =
      """
      not exists (
        select from session_asset o
        where o.project_id = u.project_id and o.session_id = u.session_id and o.url = u.url
          and o.sha256 <> u.sha256)
      """;

  private static final String OF_SESSION =
      """
      select u.url, encode(u.sha256, 'hex') as sha256
      from session_asset u
      join asset a using (project_id, sha256)
      where u.project_id = :project and u.session_id = :session and\s"""
          + SHOWN
          + " order by u.url";

  private static final String FIND =
      """
      select media_type, object_key from asset a
      where project_id = :project and sha256 = :sha256 and exists (
        select from session_asset u
        where u.project_id = a.project_id and u.sha256 = a.sha256 and u.session_id = :session
          and\s"""
          + SHOWN
          + ")";

  /** Of sessions that never came: a recorder told of contents, and its chunks were refused. */
  private static final String DELETE_STRAY_USES =
      """
      delete from session_asset u
      where created_at < :before and not exists (
        select from session s where s.project_id = u.project_id and s.id = u.session_id)
      """;

  /** Far less than any retention. */
  private static final Duration FRESH = Duration.ofDays(1);

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
   * Remembers what a session's pages showed. Of an address with two contents neither will be shown.
   * Without effect for a session that was erased, or that has told of {@code limit} already.
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
              .createQuery(SEE)
              .bind("project", project)
              .bind("fresh", now.minus(FRESH))
              .bindArray("hashes", String.class, (Object[]) hashes)
              .bind("now", now)
              .map((row, context) -> ContentHash.ofBytes(row.getBytes(1)))
              .collect(Collectors.toSet());
        });
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

  /** What a session's pages showed and what is here, each address once. */
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

  /**
   * A content that this session showed; empty when it did not, when its address had another one,
   * too, or when it is not here.
   */
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

  private static <S extends SqlStatement<S>> S bindContent(
      S statement, ProjectId project, ContentHash hash) {
    return statement.bind("project", project).bind("sha256", hash.bytes());
  }
}
