package dev.retrospec.replays;

import dev.retrospec.ids.ArtifactId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored result about a session, in the contract's shape.
 *
 * @param artifactType such as {@code analysis_json} or {@code replay_video}; one of each per
 *     session
 * @param artifactKey where its bytes stand in the object store; blank when there are none
 * @param triggerKind why it was made
 * @param reason why it is not ready; null when it is
 */
public record ArtifactView(
    ArtifactId id,
    ProjectId projectId,
    SessionId sessionId,
    String artifactType,
    String artifactKey,
    String triggerKind,
    ArtifactStatus status,
    @Nullable String reason,
    Instant generatedAt,
    Instant createdAt,
    Instant updatedAt,
    List<ReplayWindow> windows) {}
