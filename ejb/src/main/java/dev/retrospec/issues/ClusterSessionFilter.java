package dev.retrospec.issues;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
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

  /** What a report card's status may be. */
  public static final List<String> REPORT_STATUSES =
      List.of("ready", "pending", "failed", "discarded");

  /** Every session, as many as a page shows at first. */
  public static final ClusterSessionFilter ALL =
      new ClusterSessionFilter(DEFAULT_LIMIT, null, null);

  public ClusterSessionFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
    if (reportStatus != null && !REPORT_STATUSES.contains(reportStatus)) {
      throw new InvalidRequest("reportStatus must be one of " + String.join(", ", REPORT_STATUSES));
    }
    // Written this way round so that NaN is refused, too.
    if (minConfidence != null && !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new InvalidRequest("minConfidence must be between 0 and 1");
    }
  }

  /** Whether it leaves sessions out, the limit aside. */
  public boolean isNarrowed() {
    return reportStatus != null || minConfidence != null;
  }
}
