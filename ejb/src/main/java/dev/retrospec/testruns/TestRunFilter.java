package dev.retrospec.testruns;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows, the newest first.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after where the piece before ended
 */
public record TestRunFilter(
    @Nullable RunStatus status,
    @Nullable String branch,
    @Nullable String repository,
    @Nullable Integer prNumber,
    int limit,
    @Nullable Cursor after) {

  public static final int MAX_LIMIT = 200;

  public TestRunFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
  }
}
