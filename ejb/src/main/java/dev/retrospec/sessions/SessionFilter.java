package dev.retrospec.sessions;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.time.StorableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of a project to list; null means any. Newest first.
 *
 * @param user an identified or anonymous id, whole
 * @param from inclusive, by the session's start
 * @param to exclusive
 * @param tags all of them
 * @param kind of a marker in the session
 * @param url part of an address that the session was on
 * @param text words that its console, addresses, requests or clicked labels all say, each perhaps
 *     within a longer one; in quotes as they are
 * @param complete whether nothing of the recording was lost
 * @param rage whether somebody clicked in rage
 * @param subkind of a marker in the session
 * @param experiment a name, or name and variant as {@code name:variant}
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record SessionFilter(
    @Nullable String user,
    @Nullable String org,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable SessionStatus status,
    List<String> tags,
    @Nullable Boolean hasErrors,
    @Nullable MarkerKind kind,
    @Nullable String browser,
    @Nullable String os,
    @Nullable String device,
    @Nullable String url,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String text,
    @Nullable Duration minDuration,
    @Nullable Boolean complete,
    @Nullable Boolean rage,
    @Nullable String subkind,
    @Nullable String experiment,
    int limit,
    @Nullable Cursor after) {

  public static final int MAX_LIMIT = 1_000;
  public static final int DEFAULT_LIMIT = 50;

  /** Every session, newest first. */
  public static final SessionFilter ALL =
      new SessionFilter(
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          DEFAULT_LIMIT,
          null);

  public SessionFilter {
    tags = List.copyOf(tags);
    checkStorable("from", from);
    checkStorable("to", to);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
  }

  private static void checkStorable(String name, @Nullable Instant time) {
    if (!StorableTime.holds(time)) {
      throw new InvalidRequest(name + " must lie in the years 1 to 9999");
    }
  }
}
