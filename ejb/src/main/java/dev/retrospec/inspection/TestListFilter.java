package dev.retrospec.inspection;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tests a list shows.
 *
 * @param q part of a name, a suite or a file, in any case; null for all
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param after the last test of the piece before; null at the beginning
 */
public record TestListFilter(
    Tab tab, @Nullable String q, Sort sort, int limit, @Nullable Cursor after) {

  public static final int DEFAULT_LIMIT = 30;
  public static final int MAX_LIMIT = 200;

  /** What a list of tests is about. */
  public enum Tab {
    ALL,
    /** Failing on some branch at present. */
    RED,
    /** Was red and green on the same commit, ever. */
    FLAKY;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What comes first. Equal ones: the test that was met last. */
  public enum Sort {
    /** Fails most lately. */
    RATE,
    FAILURES,
    FLAKY,
    SLOWEST,
    LAST_SEEN,
    NAME;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TestListFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
  }
}
