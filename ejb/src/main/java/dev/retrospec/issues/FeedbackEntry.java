package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.FeedbackId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One person's word on an issue, in the contract's shape. */
public record FeedbackEntry(
    FeedbackId id,
    ProjectId projectId,
    ClusterKey clusterKey,
    @Nullable SessionId sessionId,
    String kind,
    String note,
    String createdBy,
    Map<String, Object> metadata,
    Instant createdAt) {}
