package dev.retrospec.inspection;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One issue with everything its page shows.
 *
 * @param example the marker that stands for all; null when its session is gone
 * @param sessions newest first
 * @param hasMoreSessions whether the limit cut the list
 * @param shares what the latest sessions have in common, the most frequent first
 * @param seenInCi patterns of failing tests that are this failure, the most similar first
 */
public record IssuePageView(
    IssueView issue,
    Trend trend,
    @Nullable Example example,
    List<SessionLine> sessions,
    boolean hasMoreSessions,
    List<Share> shares,
    List<SeenInCi> seenInCi) {

  public IssuePageView {
    sessions = List.copyOf(sessions);
    shares = List.copyOf(shares);
    seenInCi = List.copyOf(seenInCi);
  }

  /**
   * A marker of the issue, in full.
   *
   * @param stack the browser's own text
   * @param originalStack the same after source maps; null where none is known
   * @param requestStatus 0 when no answer came
   */
  public record Example(
      SessionId sessionId,
      MarkerId markerId,
      long replayOffsetMs,
      String label,
      @Nullable String evidence,
      @Nullable String subkind,
      @Nullable String errorType,
      @Nullable String errorMessage,
      @Nullable String stack,
      @Nullable String originalStack,
      @Nullable String requestMethod,
      @Nullable String requestUrl,
      @Nullable Integer requestStatus,
      @Nullable String selector,
      @Nullable String elementText) {}

  /** A session that has the issue. */
  public record SessionLine(
      SessionId sessionId,
      @Nullable String visitor,
      String route,
      Instant startedAt,
      long durationMs,
      Instant lastObservedAt,
      int markerCount,
      MarkerId markerId,
      @Nullable Long replayOffsetMs,
      @Nullable String browser,
      @Nullable String os,
      @Nullable String reportStatus,
      @Nullable Double reportConfidence,
      @Nullable String reportSymptom) {}

  /**
   * How many of the latest sessions share a value.
   *
   * @param fact "Browser", "Release" and the like
   * @param sessions of {@code of}
   */
  public record Share(String fact, String value, int sessions, int of) {}
}
