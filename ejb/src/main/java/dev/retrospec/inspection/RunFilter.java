package dev.retrospec.inspection;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows.
 *
 * @param q part of a branch, an author, a commit or the name of a test that failed
 * @param branch exactly this one
 * @param author exactly this one
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after the last run of the piece before; null at the beginning
 */
public record RunFilter(
    Tab tab,
    @Nullable String q,
    @Nullable String branch,
    @Nullable String author,
    @Nullable Integer pullRequest,
    int limit,
    @Nullable Cursor after) {

  public static final int DEFAULT_LIMIT = 30;
  public static final int MAX_LIMIT = 200;

  /** What a list of runs is about. */
  public enum Tab {
    ALL,
    FAILED,
    /** With a failure that its base branch does not have. */
    NEW,
    /** With a test that failed and passed on the same commit. */
    FLAKY,
    PASSED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RunFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
  }

  /** Whether anything but the tab hides runs. */
  public boolean isNarrowed() {
    return q != null || branch != null || author != null || pullRequest != null;
  }
}
