package dev.retrospec.issues;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of an issue's sessions.
 *
 * @param limit 1 to {@link #MAX_LIMIT}
 * @param reportStatus of the session's report card; null for all
 * @param minConfidence of the report card, 0 to 1; null for all
 */
public record ClusterSessionFilter(
    int limit, @Nullable String reportStatus, @Nullable Double minConfidence) {

  public static final int DEFAULT_LIMIT = 30;
  public static final int MAX_LIMIT = 200;

  private static final Set<String> STATUSES = Set.of("pending", "ready", "failed", "discarded");

  public ClusterSessionFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
    if (reportStatus != null && !STATUSES.contains(reportStatus)) {
      throw new InvalidRequest("reportStatus must be one of pending, ready, failed, discarded");
    }
    // Written this way round so that NaN is refused, too.
    if (minConfidence != null && !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new InvalidRequest("minConfidence must be between 0 and 1");
    }
  }
}
