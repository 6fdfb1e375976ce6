package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.TriageState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an issue stands after a decision, in the contract's shape.
 *
 * @param assignee empty: nobody
 * @param note empty: none
 * @param version the ETag of the next decision
 * @param resolvedInRelease the release that brings the fix; null: none was named
 * @param muteSessions so many more sessions end the mute; null: however many
 * @param muteUsers so many more users end the mute; null: however many
 * @param muteUntilEscalating whether an escalation ends the mute
 */
public record IssueState(
    ProjectId projectId,
    ClusterKey clusterKey,
    TriageState state,
    String assignee,
    @Nullable Instant mutedUntil,
    String note,
    Instant createdAt,
    Instant updatedAt,
    int version,
    @Nullable String resolvedInRelease,
    @Nullable Integer muteSessions,
    @Nullable Integer muteUsers,
    boolean muteUntilEscalating) {}
