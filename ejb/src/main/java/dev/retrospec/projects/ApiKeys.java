package dev.retrospec.projects;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The keys of projects. Nothing is cached: a key that is revoked stops working with the next
 * request on every node, for the price of one read by a unique index.
 */
@ApplicationScoped
public class ApiKeys {

  static final int MAX_LABEL = 200;

  /** Nobody needs it finer, and a busy key's row would be written by every request. */
  static final Duration LAST_USE_GRAIN = Duration.ofMinutes(1);

  private static final int SECRET_BYTES = 32;
  private static final int MAX_RAW_LENGTH = 512;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final RowMapper<ApiKey> KEY =
      (row, context) ->
          new ApiKey(
              new ApiKeyId(row.getString("id")),
              new ProjectId(row.getString("project_id")),
              row.getString("label"),
              KeyScope.of(row.getString("scope")),
              row.getTimestamp("revoked_at") == null ? ApiKey.ACTIVE : ApiKey.REVOKED,
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("last_used_at") == null
                  ? null
                  : row.getTimestamp("last_used_at").toInstant());

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public ApiKeys(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected ApiKeys() {
    this.jdbi = null;
    this.clock = null;
  }

  /**
   * Makes a key.
   *
   * @param label for people; blank becomes "key"
   * @throws NotFound when there is no such project
   */
  @Transactional
  public MintedKey mint(ProjectId project, String label, KeyScope scope) {
    if (label.length() > MAX_LABEL) {
      throw new InvalidRequest("label must be at most " + MAX_LABEL + " characters");
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    // The scope is readable, so that nobody puts a secret key into a page without noticing.
    String raw =
        "rs_"
            + scope.wireName()
            + "_"
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ApiKey key =
        new ApiKey(
            ApiKeyId.mint(),
            project,
            label.isBlank() ? "key" : label.strip(),
            scope,
            ApiKey.ACTIVE,
            clock.instant(),
            null);
    int added =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into api_key (id, project_id, label, scope, key_hash, created_at)"
                            + " select :id, p.id, :label, :scope, :hash, :at"
                            + " from project p where p.id = :project")
                    .bind("id", key.id())
                    .bind("project", project)
                    .bind("label", key.label())
                    .bind("scope", scope.wireName())
                    .bind("hash", Sha256.of(raw))
                    .bind("at", key.createdAt())
                    .execute());
    if (added == 0) {
      throw new NotFound("project");
    }
    return new MintedKey(key, raw);
  }

  /**
   * Whose key this is; empty when it is unknown or revoked. The database compares hashes, so that
   * its time tells nothing about the key.
   */
  public Optional<KeyHolder> authenticate(String raw) {
    if (raw.isBlank() || raw.length() > MAX_RAW_LENGTH) {
      return Optional.empty();
    }
    return jdbi.withHandle(
        handle -> {
          Optional<Found> found =
              handle
                  .createQuery(
                      "select id, project_id, scope, last_used_at from api_key"
                          + " where key_hash = :hash and revoked_at is null")
                  .bind("hash", Sha256.of(raw))
                  .map(
                      (row, context) ->
                          new Found(
                              new KeyHolder(
                                  new ProjectId(row.getString("project_id")),
                                  new ApiKeyId(row.getString("id")),
                                  KeyScope.of(row.getString("scope"))),
                              row.getTimestamp("last_used_at") == null
                                  ? null
                                  : row.getTimestamp("last_used_at").toInstant()))
                  .findOne();
          Instant now = clock.instant();
          if (found.isPresent() && found.get().isStale(now)) {
            // Skips a row that another request is just writing: nobody waits for a statistic.
            handle
                .createUpdate(
                    "update api_key set last_used_at = :now where id in"
                        + " (select id from api_key where id = :id for update skip locked)")
                .bind("now", now)
                .bind("id", found.get().holder().keyId())
                .execute();
          }
          return found.map(Found::holder);
        });
  }

  /** All keys of a project, revoked ones too, oldest first. */
  public List<ApiKey> of(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, project_id, label, scope, created_at, revoked_at, last_used_at"
                        + " from api_key where project_id = :project order by created_at, id")
                .bind("project", project)
                .map(KEY)
                .list());
  }

  /** What a key of the project is called; empty when it has no such key. */
  public Optional<String> label(ProjectId project, ApiKeyId key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select label from api_key where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", key)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Ends a key; again changes nothing.
   *
   * @throws NotFound when the project has no such key
   */
  @Transactional
  public void revoke(ProjectId project, ApiKeyId key) {
    int known =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update api_key set revoked_at = coalesce(revoked_at, :now)"
                            + " where project_id = :project and id = :key")
                    .bind("now", clock.instant())
                    .bind("project", project)
                    .bind("key", key)
                    .execute());
    if (known == 0) {
      throw new NotFound("key");
    }
  }

  private record Found(KeyHolder holder, @Nullable Instant lastUsedAt) {

    boolean isStale(Instant now) {
      return lastUsedAt == null || lastUsedAt.plus(LAST_USE_GRAIN).isBefore(now);
    }
  }
}
