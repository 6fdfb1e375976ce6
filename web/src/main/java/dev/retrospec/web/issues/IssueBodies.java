package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueFeedback;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.http.StorableText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decisions as clients write them, before anything is checked. */
final class IssueBodies {

  private IssueBodies() {}

  /** {@code POST …/state}. */
  record State(
      @Nullable String state,
      @Nullable String assignee,
      @Nullable String note,
      @Nullable Instant mutedUntil,
      @Nullable String resolvedInRelease,
      @Nullable Integer muteSessions,
      @Nullable Integer muteUsers,
      @Nullable Boolean muteUntilEscalating) {

    /** Null when nothing of it was given. */
    @Nullable MuteCondition mute() {
      boolean escalating = Boolean.TRUE.equals(muteUntilEscalating);
      return mutedUntil == null && muteSessions == null && muteUsers == null && !escalating
          ? null
          : new MuteCondition(mutedUntil, muteSessions, muteUsers, escalating);
    }
  }

  /** {@code POST …/feedback}. */
  record Feedback(
      @Nullable String kind,
      @Nullable String sessionId,
      @Nullable String note,
      @Nullable String createdBy,
      @Nullable Map<String, Object> metadata) {

    IssueFeedback.Said said() {
      return new IssueFeedback.Said(
          kind == null ? "" : kind,
          sessionId == null || sessionId.isBlank() ? null : new SessionId(sessionId),
          note,
          createdBy,
          metadata == null ? Map.of() : StorableText.cleanObject(metadata));
    }
  }

  /** {@code POST …/merge}. */
  record Merge(
      @Nullable String targetClusterKey,
      @Nullable List<@Nullable String> sourceClusterKeys,
      @Nullable String note,
      @Nullable String createdBy) {}

  /** {@code POST …/split}. */
  record Split(
      @Nullable List<@Nullable String> sessionIds,
      @Nullable String newClusterKey,
      @Nullable String note) {}

  static ClusterKey key(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidRequest(field + " is required");
    }
    return new ClusterKey(value);
  }

  static <T> List<T> each(
      String field, @Nullable List<@Nullable String> values, Function<String, T> reader) {
    if (values == null || values.contains(null)) {
      throw new InvalidRequest(field + " must be a list of texts");
    }
    return values.stream().map(reader).toList();
  }
}
