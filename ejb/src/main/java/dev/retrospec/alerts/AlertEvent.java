package dev.retrospec.alerts;

import dev.retrospec.ids.AlertEventId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision to alert, or not to.
 *
 * @param event the wire name of the {@link AlertKind}
 * @param trigger what caused it: {@code ingest}, {@code timer}, {@code manual}, {@code merge}
 * @param status {@code queued}, {@code sent}, {@code failed} or {@code suppressed}
 * @param reason why it was suppressed, or how sending ended
 */
public record AlertEvent(
    AlertEventId id,
    ProjectId projectId,
    ClusterKey clusterKey,
    String event,
    String trigger,
    String status,
    @Nullable String reason,
    @Nullable Integer httpStatus,
    Instant createdAt,
    @Nullable Instant sentAt) {}
