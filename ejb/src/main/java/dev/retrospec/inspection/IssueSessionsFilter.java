package dev.retrospec.inspection;

import org.jspecify.annotations.Nullable;

/**
 * Which sessions of an issue to list; null means any.
 *
 * @param reportStatus of the session's report card, as in the API
 * @param minConfidence of the report card, 0 to 1
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record IssueSessionsFilter(
    @Nullable String reportStatus, @Nullable Double minConfidence, int limit) {

  public static final int DEFAULT_LIMIT = 30;
  public static final int MAX_LIMIT = 200;

  public static final IssueSessionsFilter ALL = new IssueSessionsFilter(null, null, DEFAULT_LIMIT);

  public IssueSessionsFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
    }
  }

  public boolean isNarrowed() {
    return reportStatus != null || minConfidence != null;
  }
}
